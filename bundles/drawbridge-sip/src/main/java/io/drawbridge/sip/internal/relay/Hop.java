// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One end of the relay: a peer's connection, or an element inside this appliance. What waits for its answers hangs on
 * the connection itself: a peer can answer only what it was asked, on the connection it was asked on, and when the
 * connection goes, everything that waited for it is known.
 */
public abstract class Hop {
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_FAILURE = 300;

    final RelayLoop loop;
    private final Side side;
    private final LongObjectHashMap<Asker> asked = new LongObjectHashMap<>();
    private Optional<SourceType> trafficType = Optional.empty();
    private final Set<Exchange> underWay = new HashSet<>();
    private boolean paused;
    private ViaPrefix viaPrefix;
    private final HopFlow flow;

    /**
     * Starts with nothing under way.
     *
     * @param executor the loop on which everything of this hop happens
     */
    protected Hop(Relay relay, EventExecutor executor, Side side) {
        this.loop = relay.loop(executor);
        this.side = side;
        this.flow = new HopFlow(this);
    }

    /** Returns this hop as the gateway's user agent sees it. */
    final HopFlow flow() {
        return flow;
    }

    /** Returns the loop on which everything of this hop happens. */
    protected final EventExecutor executor() {
        return loop.executor;
    }

    /** Returns which side of the edge it is on. */
    public final Side side() {
        return side;
    }

    /** Returns its name for people. */
    public abstract String name();

    /** Returns what headers say of this edge towards it. */
    public abstract HostPort announced();

    /** Returns where its messages come from. */
    public abstract HostPort remote();

    /** Returns what TLS proved of it; empty for what lives in this appliance. */
    public abstract Optional<PeerIdentity> peer();

    /** Returns whether messages can be sent to it. Thread-safe. */
    public abstract boolean isOpen();

    /** Returns whether it keeps up with what is sent to it. Thread-safe. */
    public abstract boolean isWritable();

    /** Returns a buffer to write a message into. Thread-safe. */
    public abstract ByteBuf buffer(int size);

    /** Sends a message; {@code sent}, which may be null, hears whether it left. Called on the loop. */
    public abstract void write(ByteBuf message, Asker sent);

    /** The number of its requests under way reached or left the limit. */
    protected abstract void pause(boolean paused);

    /** A request to it was not answered in time: finds out whether it still lives. Called on the loop. */
    protected abstract void suspect();

    /** Returns a Via value for this hop. */
    final String via(String branch) {
        HostPort announced = announced();
        ViaPrefix prefix = viaPrefix;
        if (prefix == null || !prefix.of.equals(announced)) {
            prefix = new ViaPrefix(announced, "SIP/2.0/TLS " + announced + ";branch=");
            viaPrefix = prefix;
        }
        return prefix.text.concat(branch);
    }

    /** Sends a request and remembers who asks. Thread-safe. */
    final void ask(Asker asker, long branch, ByteBuf request) {
        if (loop.executor.inEventLoop()) {
            askHere(asker, branch, request);
        } else {
            loop.executor.execute(() -> askHere(asker, branch, request));
        }
    }

    private void askHere(Asker asker, long branch, ByteBuf request) {
        if (!isOpen()) {
            request.release();
            asker.lost(this, branch);
            return;
        }
        asked.put(branch, asker);
        write(request, asker);
    }

    /** Sends a request that is never answered. Thread-safe. */
    final void tell(Asker sent, ByteBuf request) {
        loop.run(() -> write(request, sent));
    }

    /** The asker no longer waits. Thread-safe. */
    final void forget(long branch) {
        loop.run(() -> asked.remove(branch));
    }

    /**
     * Hands a response to whoever asked. Called on the loop.
     *
     * @return false if nobody did
     */
    final boolean answered(SipResponse response) {
        long branch = Branch.id(response.topVia().branch());
        Asker asker = branch == 0 ? null : asked.get(branch);
        if (asker == null) {
            return false;
        }
        if ("CANCEL".equals(response.cSeq().method())) {
            // The answer to our CANCEL says nothing; the one to the INVITE counts (RFC 3261 section 9.1).
            return true;
        }
        boolean invite = "INVITE".equals(response.cSeq().method());
        if (response.status() >= (invite ? FIRST_FAILURE : FIRST_FINAL)) {
            asked.remove(branch);
        }
        asker.answered(this, branch, response);
        return true;
    }

    /** Tells everybody who waits that nothing will come. Called on the loop, once. */
    public final void gone() {
        LongObjectHashMap<Asker> waiting = new LongObjectHashMap<>(asked.size() + 1);
        waiting.putAll(asked);
        asked.clear();
        waiting.forEach((branch, asker) -> asker.lost(this, branch));
    }

    /** Returns the kind of peer this connection's first request fixed. Called on the loop. */
    final Optional<SourceType> trafficType() {
        return trafficType;
    }

    final void fixTrafficType(Optional<SourceType> type) {
        if (trafficType.isEmpty()) {
            trafficType = type;
        }
    }

    /**
     * A request came from here. Called on the loop.
     *
     * @return whether the limit is reached with it
     */
    final boolean requestBegan(Exchange exchange, int limit) {
        underWay.add(exchange);
        boolean reached = !paused && underWay.size() >= limit;
        if (reached) {
            paused = true;
            pause(true);
        }
        return reached;
    }

    /** A request that came from here is answered. Called on the loop. */
    final void requestEnded(Exchange exchange, int limit) {
        underWay.remove(exchange);
        if (paused && underWay.size() < limit) {
            paused = false;
            pause(false);
        }
    }

    /** Returns its requests that are not answered yet. Called on the loop. */
    final List<Exchange> underWay() {
        return List.copyOf(underWay);
    }

    /** The start of our Via, made once for a name; immutable, since transactions of any loop ask for it. */
    private record ViaPrefix(HostPort of, String text) {}
}
