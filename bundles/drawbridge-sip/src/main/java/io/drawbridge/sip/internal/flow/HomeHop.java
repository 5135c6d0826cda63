// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.codec.SipParser;
import io.drawbridge.sip.internal.relay.InProcessHop;
import io.drawbridge.sip.internal.relay.Relay;
import io.netty.util.concurrent.EventExecutor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded home as a hop of the relay, and the relay as a flow of the home: both meet here without a socket. What
 * the home sends passes the same limits and checks as what a connection brings.
 */
public final class HomeHop extends InProcessHop implements SipFlow {
    private static final Logger LOG = LoggerFactory.getLogger(HomeHop.class);
    private static final int MOST_QUEUED = 10_000;
    private static final byte[] RESPONSE_START = {'S', 'I', 'P', '/'};

    private final Relay relay;
    private final SipElement element;
    private final Supplier<SipLimits> limits;
    private final Supplier<HostPort> announced;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean open;
    private volatile boolean paused;

    /**
     * Joins the two; nothing passes before {@link #open}.
     *
     * @param announced under which name the home's side of this edge is reached
     */
    public HomeHop(
            Relay relay,
            EventExecutor executor,
            SipElement element,
            Supplier<SipLimits> limits,
            Supplier<HostPort> announced) {
        super(relay, executor);
        this.relay = relay;
        this.element = element;
        this.limits = limits;
        this.announced = announced;
    }

    /** Returns whether this is the way to that element. */
    public boolean leadsTo(SipElement other) {
        return element == other;
    }

    /** Tells the home that the relay can be reached. */
    public void open() {
        open = true;
        executor().execute(() -> element.opened(this));
    }

    /** Takes the relay away from the home; what waits for it is told. */
    public void shut() {
        open = false;
        executor().execute(() -> {
            gone();
            relay.abandoned(this);
            element.closed(this);
        });
    }

    @Override
    public boolean send(byte[] message) {
        if (!open || (paused && !isResponse(message))) {
            return false;
        }
        if (queued.incrementAndGet() > MOST_QUEUED) {
            queued.decrementAndGet();
            return false;
        }
        executor().execute(() -> {
            queued.decrementAndGet();
            SipFrame frame = SipParser.parse(message, limits.get());
            relay.received(this, frame);
        });
        return true;
    }

    private static boolean isResponse(byte[] message) {
        return message.length >= RESPONSE_START.length
                && Arrays.equals(message, 0, RESPONSE_START.length, RESPONSE_START, 0, RESPONSE_START.length);
    }

    @Override
    protected void take(byte[] message) {
        try {
            element.received(this, message);
        } catch (RuntimeException bug) {
            LOG.error("the embedded home failed to take a message", bug);
        }
    }

    @Override
    public String id() {
        return "relay";
    }

    @Override
    public Kind kind() {
        return Kind.RELAY;
    }

    @Override
    public String name() {
        return "embedded home";
    }

    @Override
    public HostPort announced() {
        return announced.get();
    }

    @Override
    public HostPort local() {
        return announced.get();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        // The way to the relay is not the home's to close.
    }

    @Override
    protected void pause(boolean pause) {
        paused = pause;
    }
}
