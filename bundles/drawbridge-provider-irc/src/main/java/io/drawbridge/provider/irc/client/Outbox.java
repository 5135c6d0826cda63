// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.line.Line;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lines that wait until the server is ready for them, what matters most first. */
final class Outbox {
    private final Pace pace;
    private final Consumer<Line> wire;
    private final Timers timers;
    private final Map<Urgency, Deque<Item>> queues = new EnumMap<>(Urgency.class);
    private boolean waiting;
    private boolean pumping;

    /** How much a line matters. */
    enum Urgency {
        /** What people write. */
        MESSAGE,
        /** What keeps presence true. */
        PRESENCE,
        /** Questions that can wait. */
        QUESTION
    }

    private record Item(Supplier<Optional<Line>> line, Object owner, Runnable sent) {}

    Outbox(Pace pace, Consumer<Line> wire, Timers timers) {
        this.pace = pace;
        this.wire = wire;
        this.timers = timers;
        for (Urgency urgency : Urgency.values()) {
            queues.put(urgency, new ArrayDeque<>());
        }
    }

    /** Sends what cannot wait; it counts for the pace all the same. */
    void sendNow(Line line) {
        pace.spend();
        wire.accept(line);
    }

    /**
     * Has a line sent.
     *
     * @param owner by whom it is found again while it waits
     * @param sent runs when it has left
     */
    void add(Urgency urgency, Line line, Object owner, Runnable sent) {
        add(urgency, () -> Optional.of(line), owner, sent);
    }

    /** Has a line sent that is made when its turn comes, if there is anything to say by then. */
    void add(Urgency urgency, Supplier<Optional<Line>> line, Object owner, Runnable sent) {
        queues.get(urgency).add(new Item(line, owner, sent));
        pump();
    }

    /** Takes back what waits of an owner. */
    void remove(Object owner) {
        queues.values().forEach(queue -> queue.removeIf(item -> item.owner().equals(owner)));
    }

    /** Returns whether nothing waits that matters as much or more. */
    boolean isIdle(Urgency least) {
        return queues.entrySet().stream()
                .allMatch(queue ->
                        queue.getKey().compareTo(least) > 0 || queue.getValue().isEmpty());
    }

    /** Returns how long it is until so many more messages have been sent. */
    Duration wait(int more) {
        return pace.until(queues.get(Urgency.MESSAGE).size() + more);
    }

    private void pump() {
        if (!pumping) {
            pumping = true;
            try {
                pumpAll();
            } finally {
                pumping = false;
            }
        }
    }

    private void pumpAll() {
        while (!waiting) {
            Deque<Item> queue = queues.values().stream()
                    .filter(candidate -> !candidate.isEmpty())
                    .findFirst()
                    .orElse(null);
            if (queue == null) {
                return;
            }
            Duration rest = pace.until(1);
            if (!rest.isZero()) {
                waiting = true;
                timers.after(rest, this::goOn);
                return;
            }
            Item item = queue.poll();
            item.line().get().ifPresent(line -> {
                sendNow(line);
                item.sent().run();
            });
        }
    }

    private void goOn() {
        waiting = false;
        pump();
    }
}
