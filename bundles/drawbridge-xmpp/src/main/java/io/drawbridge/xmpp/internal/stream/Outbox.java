// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * What waits for one partner domain from one own domain, and the stream it goes out on. All of it goes on one stream, so
 * it keeps its order. Thread-safe; nobody is called while its lock is held.
 */
final class Outbox {
    private static final Duration PATIENCE = Duration.ofSeconds(28);

    /** A stream that lasts so long shows that nothing is wrong with the partner (interworking 4.11). */
    private static final Duration STABLE = Duration.ofMinutes(5);

    /** A stream that the partner ends with an error so soon was of no use. */
    private static final Duration BRIEF = Duration.ofSeconds(10);

    private final Pair pair;
    private final Opener opener;
    private final BackOff backOff;
    private final Backlog waiting = new Backlog();
    private long numbers;
    private Failure lastFailure = Failure.TIMED_OUT;
    private XmlStream stream;
    private boolean opening;
    private boolean draining;
    private Instant used;
    private Instant since;
    private Trust trust = Trust.NONE;
    private boolean failing;
    private boolean alone;

    Outbox(Pair pair, Opener opener, RandomGenerator random, Instant now) {
        this.pair = pair;
        this.opener = opener;
        this.backOff = new BackOff(random);
        this.used = now;
        this.since = now;
    }

    /** Opens a stream for an outbox and tells it by {@link #ready} or {@link #failed}. */
    @FunctionalInterface
    interface Opener {
        void open(Outbox outbox);
    }

    Pair pair() {
        return pair;
    }

    CompletionStage<DeliveryOutcome> send(OutgoingStanza stanza, Instant now) {
        Sending sending;
        Optional<Failure> refusal = Optional.empty();
        Optional<Duration> retryAfter = Optional.empty();
        synchronized (this) {
            used = now;
            numbers++;
            sending = new Sending(stanza, this, numbers, now.plus(PATIENCE));
            Duration rest = stream == null && !opening ? backOff.rest(now) : Duration.ZERO;
            if (!rest.isZero()) {
                refusal = Optional.of(lastFailure);
                retryAfter = Optional.of(rest);
            } else if (!waiting.add(sending)) {
                refusal = Optional.of(Failure.of(Reason.OVERLOADED, "too many stanzas wait for " + pair));
            }
        }
        if (refusal.isPresent()) {
            sending.outcome().complete(refusal.get().outcome(retryAfter));
        } else {
            proceed();
        }
        return sending.outcome();
    }

    /** Puts back what did not arrive, where it was in the order. It goes out with the next call of {@link #proceed}. */
    synchronized void again(Sending sending) {
        waiting.restore(sending);
    }

    /** A stream may be used. One that is used already is kept. */
    void ready(XmlStream authenticated, Trust proven, Instant now) {
        synchronized (this) {
            if (stream == null) {
                stream = authenticated;
                trust = proven;
                since = now;
            }
            opening = false;
            failing = false;
            backOff.interrupt();
        }
        proceed();
    }

    /** The partner shows that it is there, so that there is no reason to wait. */
    synchronized void partnerSeen() {
        backOff.succeeded();
    }

    /** A stream with other pairs was not to be had, and is not asked for again. */
    synchronized void standsAlone() {
        alone = true;
    }

    /** Returns whether it needs a stream of its own. */
    synchronized boolean isAlone() {
        return alone;
    }

    /** No stream came about. */
    void failed(Failure failure, Instant now) {
        List<Sending> lost;
        synchronized (this) {
            if (stream != null) {
                opening = false;
                return;
            }
            lost = rest(failure, now);
        }
        lost.forEach(sending -> sending.fail(failure));
    }

    /** A stream is over. What waits goes on another, unless the partner is to be left alone. */
    void gone(XmlStream over, Failure why, Instant now) {
        List<Sending> lost = List.of();
        synchronized (this) {
            if (stream == over) {
                Duration lasted = Duration.between(since, now);
                if (lasted.compareTo(STABLE) > 0) {
                    backOff.succeeded();
                }
                boolean brief = lasted.compareTo(BRIEF) < 0;
                stream = null;
                since = now;
                draining = false;
                if (why.rest().filter(time -> brief || !time.isZero()).isPresent()) {
                    lost = rest(why, now);
                }
            }
        }
        lost.forEach(sending -> sending.fail(why));
        proceed();
    }

    /** Waits before the next attempt; returns what cannot wait so long. */
    private List<Sending> rest(Failure failure, Instant now) {
        lastFailure = failure;
        since = failing ? since : now;
        failing = true;
        opening = false;
        backOff.failed(now, failure.rest().orElse(Duration.ZERO));
        return waiting.pollAll();
    }

    /** Does what can be done: writes, or opens a stream to write on. */
    void proceed() {
        XmlStream writer = null;
        boolean open = false;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            if (stream != null && !draining) {
                draining = true;
                writer = stream;
            } else if (stream == null && !opening) {
                opening = true;
                open = true;
            }
        }
        if (writer != null) {
            XmlStream chosen = writer;
            chosen.loop().execute(() -> drain(chosen));
        } else if (open) {
            opener.open(this);
        }
    }

    private void drain(XmlStream writer) {
        for (Sending next = next(writer); next != null; next = next(writer)) {
            writer.send(next);
        }
        writer.flush();
    }

    private synchronized Sending next(XmlStream writer) {
        Sending next = stream == writer && writer.isWritable() ? waiting.poll() : null;
        if (next == null && stream == writer) {
            draining = false;
        }
        return next;
    }

    /** Fails what waited too long; returns whether nobody has used it for a while. */
    boolean sweep(Instant now, Duration idle) {
        List<Sending> late;
        boolean unused;
        synchronized (this) {
            late = waiting.pollLate(now);
            unused = waiting.isEmpty()
                    && stream == null
                    && !opening
                    && backOff.rest(now).isZero()
                    && used.plus(idle).isBefore(now);
        }
        late.forEach(sending -> sending.fail(Failure.TIMED_OUT));
        return unused;
    }

    /** Returns how the partner stands, for people. */
    PeerStatus status(Instant now) {
        Optional<Connection> used;
        PeerStatus.State state;
        String why;
        Instant from;
        synchronized (this) {
            used = Optional.ofNullable(stream).map(XmlStream::connection);
            state = state();
            why = why(state, backOff.rest(now));
            from = since;
        }
        return new PeerStatus(
                pair.partner() + " (XMPP)",
                Side.OUTSIDE,
                Gateway.PROTOCOL,
                true,
                state,
                why,
                from,
                used.isPresent() ? 1 : 0,
                used.map(connection -> connection.remote().toString()).orElse(""),
                used.flatMap(Connection::tls).orElse(""),
                used.flatMap(Connection::peer).map(PeerIdentity::notAfter));
    }

    private PeerStatus.State state() {
        if (stream != null) {
            return PeerStatus.State.UP;
        }
        if (opening) {
            return PeerStatus.State.CONNECTING;
        }
        return failing ? PeerStatus.State.DOWN : PeerStatus.State.IDLE;
    }

    private String why(PeerStatus.State state, Duration rest) {
        String next = rest.isZero() ? "with the next stanza" : "in " + (rest.toSeconds() + 1) + " s";
        return switch (state) {
            case UP -> "as " + pair.own() + ", the partner's domain proven " + trust;
            case DOWN ->
                "as " + pair.own() + ": " + lastFailure.text() + "; next attempt " + next + "; drawbridge:test-partner "
                        + pair.partner();
            case CONNECTING, IDLE -> "as " + pair.own();
        };
    }

    /** Returns whether there is a stream for it. */
    synchronized boolean isCarried() {
        return stream != null;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Fails everything that waits. */
    void shut() {
        failed(Failure.of(Reason.SHUTTING_DOWN, "streams are being closed"), Instant.EPOCH);
    }
}
