// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.net.internal.connector.Attempt.Waiter;
import io.drawbridge.net.internal.connector.ConnectorCounters.Limit;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one destination. Each number of affinity has its slot; a slot's connection is made when somebody
 * first asks for it and many who ask share one attempt. While a slot has none, because making it fails or takes long,
 * its users get another slot's. Reading takes no lock; changes are guarded by this, and nobody is called under the lock.
 */
final class Pool {
    /** Leads from a connection to its pool. */
    static final AttributeKey<Pool> OF = AttributeKey.valueOf(Pool.class, "of");

    private static final Logger log = LoggerFactory.getLogger(Pool.class);
    /** With TLS 1.3 a peer refuses this appliance's certificate after the handshake has ended here. */
    private static final Duration TRIAL = Duration.ofSeconds(3);

    private static final String CLOSING = "connections are being closed";

    private final PooledConnector.Shared shared;
    private final PoolKey key;
    private final String name;
    private final FailedTargets failedTargets;
    private final List<Member> retired = new ArrayList<>();
    private volatile Slot[] slots = {};
    private volatile Setback setback;
    private int failures;
    private Instant failingSince;
    private Instant lastSuccess = Instant.MIN;
    private Instant touched;
    private int waiting;
    private volatile boolean closed;

    Pool(PooledConnector.Shared shared, PoolKey key, String name) {
        this.shared = shared;
        this.key = key;
        this.name = name;
        this.failedTargets =
                new FailedTargets(() -> shared.settings().get().targets(), shared.clock(), shared.random());
        this.touched = shared.clock().instant();
    }

    /** A place for one connection. */
    private static final class Slot {
        private volatile Member member;
        private volatile boolean slow;
        private Attempt attempt;
        private Instant attemptSince;
    }

    PoolKey key() {
        return key;
    }

    Optional<Connection> open(Destination destination, int affinity) {
        Member member = member(destination, affinity);
        return member == null ? Optional.empty() : member.handOut(shared.clock().millis());
    }

    /** Sets the server of one of this pool's connections aside. */
    synchronized void avoid(Connection connection, Duration howLong) {
        long until = shared.clock().instant().plus(howLong).toEpochMilli();
        members()
                .filter(member -> member.connection() == connection)
                .findFirst()
                .map(Member::address)
                .ifPresent(address -> {
                    failedTargets.avoid(address, howLong);
                    members().filter(member -> member.address().equals(address)).forEach(same -> same.avoid(until));
                });
    }

    /** Returns a connection or the promise of one; null if this pool was given up and another must be taken. */
    CompletableFuture<Connection> connect(Destination destination, int affinity) {
        CompletableFuture<Connection> promise = new CompletableFuture<>();
        Slot slot;
        Attempt attempt;
        boolean begins;
        synchronized (this) {
            if (closed) {
                return null;
            }
            Instant now = shared.clock().instant();
            touched = now;
            provide(destination.connections());
            Member member = member(destination, affinity);
            if (member != null) {
                return onItsLoop(member);
            }
            Setback before = setback;
            if (before != null && before.thorough() && before.holdsBack(destination.check(), now)) {
                return CompletableFuture.failedFuture(before.at(now));
            }
            ConnectorSettings.Limits limits = shared.settings().get().limits();
            boolean tooManyHere = waiting >= limits.waitingPerDestination();
            if (tooManyHere || !shared.waiting().take(limits.waiting())) {
                shared.counters().reached(tooManyHere ? Limit.WAITING_PER_DESTINATION : Limit.WAITING);
                return CompletableFuture.failedFuture(
                        new ConnectException(Reason.OVERLOADED, "too many requests wait for " + name));
            }
            waiting++;
            slot = slots[Math.floorMod(affinity, destination.connections())];
            begins = slot.attempt == null;
            if (begins) {
                slot.attempt = new Attempt(destination, any(destination.check()).isEmpty());
                slot.attemptSince = now;
            }
            attempt = slot.attempt;
            attempt.join(new Waiter(destination.check(), promise));
        }
        if (begins) {
            begin(slot, attempt);
        }
        return promise;
    }

    private Member member(Destination destination, int affinity) {
        Slot[] all = slots;
        if (all.length < destination.connections() || closed) {
            return null;
        }
        Slot own = all[Math.floorMod(affinity, destination.connections())];
        Member member = own.member;
        if (member != null
                && member.suits(destination.check())
                && !member.avoided(shared.clock().millis())) {
            return member;
        }
        Setback before = setback;
        boolean instead = own.slow
                || (before != null
                        && before.holdsBack(destination.check(), shared.clock().instant()));
        return instead ? any(destination.check()).orElse(null) : null;
    }

    /** Returns a connection, rather one to a server that is not set aside. */
    private Optional<Member> any(PeerCheck check) {
        long now = shared.clock().millis();
        return members().filter(member -> member.suits(check)).min(Comparator.comparing(one -> one.avoided(now)));
    }

    private Stream<Member> members() {
        return Arrays.stream(slots).map(slot -> slot.member).filter(Objects::nonNull);
    }

    private void provide(int connections) {
        Slot[] before = slots;
        if (before.length < connections) {
            Slot[] more = Arrays.copyOf(before, connections);
            for (int i = before.length; i < connections; i++) {
                more[i] = new Slot();
            }
            slots = more;
        }
    }

    private void begin(Slot slot, Attempt attempt) {
        var patience = shared.loops()
                .group()
                .schedule(() -> grow(slot, attempt), shared.patience().toMillis(), TimeUnit.MILLISECONDS);
        shared.maker()
                .make(attempt.destination(), attempt, failedTargets, attempt.lastResorts())
                .whenComplete((member, failure) -> {
                    patience.cancel(false);
                    if (failure == null) {
                        succeeded(slot, attempt, member);
                    } else {
                        failed(slot, attempt, SetupFailure.of(failure));
                    }
                });
    }

    /** Patience has ended: whoever can do with another connection takes it. */
    private void grow(Slot slot, Attempt attempt) {
        synchronized (this) {
            if (slot.attempt != attempt) {
                return;
            }
            slot.slow = true;
        }
        for (Waiter waiter : attempt.release(waiter -> any(waiter.check()).isPresent())) {
            answer(waiter, new SetupFailure(Reason.CONNECTION_LOST, name + ": the connection was lost"));
        }
    }

    private void succeeded(Slot slot, Attempt attempt, Member member) {
        boolean unwanted;
        synchronized (this) {
            unwanted = closed;
            if (!unwanted) {
                Optional.ofNullable(slot.member).ifPresent(retired::add);
                slot.member = member;
                lastSuccess = shared.clock().instant();
                setback = null;
            }
            ended(slot);
        }
        if (unwanted) {
            member.connection().channel().close();
            fail(attempt, new SetupFailure(Reason.SHUTTING_DOWN, CLOSING));
            return;
        }
        shared.counters().ended(key, "ok");
        member.connection().channel().attr(OF).set(this);
        member.connection().channel().closeFuture().addListener(gone -> lost(slot, member));
        for (Waiter waiter : attempt.release(anybody -> true)) {
            given();
            Optional<String> refusal = member.refusal(waiter.check());
            if (refusal.isEmpty()) {
                waiter.promise().complete(member.connection());
            } else {
                String message = member.connection().remote() + ": " + refusal.get();
                waiter.promise().completeExceptionally(new ConnectException(Reason.CERTIFICATE_NOT_TRUSTED, message));
            }
        }
    }

    private void failed(Slot slot, Attempt attempt, SetupFailure failure) {
        synchronized (this) {
            ended(slot);
            setBack(failure, attempt.lastResorts());
        }
        shared.counters().ended(key, failure.reason().name().toLowerCase(Locale.ROOT));
        log.info("{}: no connection: {}", name, failure.getMessage());
        fail(attempt, failure);
    }

    private void fail(Attempt attempt, SetupFailure failure) {
        attempt.release(anybody -> true).forEach(waiter -> answer(waiter, failure));
    }

    /** Gives a waiter another slot's connection, or else the failure. */
    private void answer(Waiter waiter, SetupFailure failure) {
        given();
        any(waiter.check())
                .ifPresentOrElse(
                        member -> onItsLoop(member).thenAccept(waiter.promise()::complete), () -> waiter.promise()
                                .completeExceptionally(new ConnectException(failure.reason(), failure.getMessage())));
    }

    private void given() {
        synchronized (this) {
            waiting--;
        }
        shared.waiting().give();
    }

    private static void ended(Slot slot) {
        slot.attempt = null;
        slot.slow = false;
    }

    private void setBack(SetupFailure failure, boolean thorough) {
        Instant now = shared.clock().instant();
        boolean proved = failures > 0 && lastSuccess.isAfter(failingSince) && !now.isBefore(lastSuccess.plus(TRIAL));
        if (failures == 0 || proved) {
            failures = 0;
            failingSince = now;
        }
        failures++;
        Duration wait = shared.settings().get().destinations().after(failures, shared.random());
        setback = new Setback(failure, failures, failingSince, now.plus(wait), thorough);
    }

    private void lost(Slot slot, Member member) {
        boolean known;
        synchronized (this) {
            known = slot.member == member;
            if (known) {
                slot.member = null;
                touched = shared.clock().instant();
                if (touched.isBefore(member.connection().since().plus(TRIAL)) && !closed) {
                    failedTargets.failed(member.address());
                    String trouble = ": closed by the peer right after the handshake; " + Remedies.ACCEPTANCE;
                    setBack(
                            new SetupFailure(
                                    Reason.TLS_FAILED, member.connection().remote() + trouble),
                            true);
                }
            }
            retired.remove(member);
        }
        log.info("{} closed", member.connection());
    }

    private static CompletableFuture<Connection> onItsLoop(Member member) {
        Connection connection = member.connection();
        EventLoop loop = connection.channel().eventLoop();
        return loop.inEventLoop()
                ? CompletableFuture.completedFuture(connection)
                : CompletableFuture.supplyAsync(() -> connection, loop);
    }

    /**
     * Closes what nobody used for long. What is found idle is closed only the next time, so that nobody who was just
     * handed it finds it closed.
     *
     * @return whether the whole pool was given up
     */
    boolean sweep() {
        List<Member> idle;
        boolean gone;
        synchronized (this) {
            Instant limit =
                    shared.clock().instant().minus(shared.settings().get().idle());
            idle = retired.stream()
                    .filter(member -> member.usedMillis() < limit.toEpochMilli())
                    .toList();
            retired.removeAll(idle);
            boolean busy = false;
            for (Slot slot : slots) {
                Member member = slot.member;
                if (member != null && member.usedMillis() < limit.toEpochMilli()) {
                    slot.member = null;
                    retired.add(member);
                }
                busy |= slot.member != null || slot.attempt != null;
            }
            gone = !busy && retired.isEmpty() && touched.isBefore(limit);
            closed |= gone;
        }
        idle.forEach(member -> member.connection().channel().close());
        return gone;
    }

    /** Takes nothing more and answers everybody who waits; what is open stays open. */
    void giveUp() {
        List<Attempt> attempts;
        synchronized (this) {
            closed = true;
            attempts = Arrays.stream(slots)
                    .map(slot -> slot.attempt)
                    .filter(Objects::nonNull)
                    .toList();
        }
        for (Attempt attempt : attempts) {
            attempt.release(anybody -> true).forEach(waiter -> {
                given();
                waiter.promise().completeExceptionally(new ConnectException(Reason.SHUTTING_DOWN, CLOSING));
            });
        }
    }

    /** Gives up and closes everything; the channels tell when they are closed. */
    List<ChannelFuture> close() {
        giveUp();
        List<Member> all;
        synchronized (this) {
            all = Stream.concat(members(), retired.stream()).toList();
        }
        return all.stream().map(member -> member.connection().channel().close()).toList();
    }

    synchronized PeerStatus status() {
        List<Member> alive = members().filter(Member::alive).toList();
        Optional<Instant> attempting = Arrays.stream(slots)
                .filter(slot -> slot.attempt != null)
                .map(slot -> slot.attemptSince)
                .min(Instant::compareTo);
        if (!alive.isEmpty()) {
            return up(alive);
        }
        if (attempting.isPresent()) {
            return without(PeerStatus.State.CONNECTING, "the first connection is being made", attempting.get());
        }
        return setback == null
                ? without(PeerStatus.State.IDLE, "a connection is made when there is traffic", touched)
                : without(PeerStatus.State.DOWN, down(setback.failure()), setback.since());
    }

    private static String down(SetupFailure failure) {
        String remedy = failure.reason().remedy();
        return remedy.isEmpty() ? failure.getMessage() : failure.getMessage() + " (" + remedy + ")";
    }

    private PeerStatus up(List<Member> alive) {
        Member newest = alive.stream()
                .max((a, b) -> a.connection().since().compareTo(b.connection().since()))
                .orElseThrow();
        Instant since = alive.stream()
                .map(member -> member.connection().since())
                .min(Instant::compareTo)
                .orElseThrow();
        return new PeerStatus(
                name,
                key.side(),
                key.protocol(),
                true,
                PeerStatus.State.UP,
                setback == null
                        ? ""
                        : "no further connection: " + setback.failure().getMessage(),
                since,
                alive.size(),
                newest.connection().remote().toString(),
                newest.connection().tls().orElse(""),
                newest.connection().peer().map(PeerIdentity::notAfter));
    }

    private PeerStatus without(PeerStatus.State state, String why, Instant since) {
        return new PeerStatus(name, key.side(), key.protocol(), true, state, why, since, 0, "", "", Optional.empty());
    }
}
