// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to links and sees to it that each has one outcome in time: what a link does not complete within
 * {@link #LONGEST} has failed, and what it says later counts no more.
 */
final class Deliveries {
    /** How long a link may take. */
    static final Duration LONGEST = Duration.ofSeconds(32);

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final InstantSource clock;
    private final IntSupplier mostUnderWay;
    private final ConcurrentMap<String, Link> links = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    // All have the same time to live, so the first in is the first that is overdue.
    private final Queue<Delivery> open = new ConcurrentLinkedQueue<>();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder tooLate = new LongAdder();

    /**
     * Starts without links.
     *
     * @param mostUnderWay how many deliveries one link may have before it
     */
    Deliveries(InstantSource clock, IntSupplier mostUnderWay) {
        this.clock = clock;
        this.mostUnderWay = mostUnderWay;
    }

    void add(String id, Link link) {
        links.put(id, link);
    }

    /** Takes a link out; what it has before it, it completes. */
    void remove(String id, Link link) {
        links.remove(id, link);
    }

    boolean reaches(String id) {
        return links.containsKey(id);
    }

    /** Hands an event to a link. */
    CompletableFuture<DeliveryOutcome> hand(String id, Event event) {
        Link link = links.get(id);
        if (link == null) {
            return CompletableFuture.completedFuture(Failures.of(Reason.NO_LINK));
        }
        AtomicInteger count = underWay.computeIfAbsent(id, any -> new AtomicInteger());
        if (count.incrementAndGet() > mostUnderWay.getAsInt()) {
            count.decrementAndGet();
            return CompletableFuture.completedFuture(Failures.of(Reason.OVERLOADED));
        }
        Delivery delivery = new Delivery(clock.instant().plus(LONGEST), count);
        start(link, event, delivery);
        if (!delivery.outcome.isDone()) {
            open.add(delivery);
        }
        return delivery.outcome;
    }

    private void start(Link link, Event event, Delivery delivery) {
        try {
            link.deliver(event).whenComplete((outcome, bug) -> {
                if (bug != null || outcome == null) {
                    LOG.error("A link broke its promise to complete with an outcome", bug);
                }
                if (!delivery.complete(outcome == null ? Failures.of(Reason.INTERNAL) : outcome)) {
                    tooLate.increment();
                }
            });
        } catch (RuntimeException | LinkageError bug) { // the latter of a bundle that is being replaced
            LOG.error("A link broke its promise to throw nothing", bug);
            delivery.complete(Failures.of(Reason.INTERNAL));
        }
    }

    /** Fails what is overdue, and forgets what is done; to be called about every second. */
    void expire() {
        Instant now = clock.instant();
        for (Delivery first = open.peek(); first != null && first.isOver(now); first = open.peek()) {
            open.remove(first);
            if (first.complete(Failures.of(Reason.TIMED_OUT))) {
                timedOut.increment();
            }
        }
    }

    /** Waits for what is under way, but not for long, and fails the rest. */
    void drain(Duration longest) {
        links.clear();
        List<Delivery> rest = new ArrayList<>(open);
        CompletableFuture<Void> all = CompletableFuture.allOf(
                rest.stream().map(delivery -> delivery.outcome).toArray(CompletableFuture[]::new));
        try {
            all.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException unfinished) {
            LOG.warn(
                    "{} deliveries were under way at the end",
                    underWay().values().stream().mapToInt(n -> n).sum());
        }
        rest.forEach(delivery -> delivery.complete(Failures.of(Reason.SHUTTING_DOWN)));
    }

    /** Returns how many deliveries each link has before it. */
    Map<String, Integer> underWay() {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        links.keySet().forEach(id -> counts.put(id, 0));
        underWay.forEach((id, count) -> counts.put(id, count.get()));
        return counts;
    }

    long timedOut() {
        return timedOut.sum();
    }

    long tooLate() {
        return tooLate.sum();
    }

    /** One event at a link. Holds nothing of the event, so that it may wait here until its time is up. */
    private static final class Delivery {
        private final Instant until;
        private final AtomicInteger count;
        private final AtomicBoolean over = new AtomicBoolean();
        private final CompletableFuture<DeliveryOutcome> outcome = new CompletableFuture<>();

        Delivery(Instant until, AtomicInteger count) {
            this.until = until;
            this.count = count;
        }

        boolean isOver(Instant now) {
            return over.get() || !now.isBefore(until);
        }

        /** Completes it; returns false if that was done before. The count is right before anybody hears of it. */
        boolean complete(DeliveryOutcome result) {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            count.decrementAndGet();
            return outcome.complete(result);
        }
    }
}
