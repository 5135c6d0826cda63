// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.model.Address;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.WatcherInfo.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who asked to see a user and went before the user said anything: status {@code waiting} of RFC 3857 section 4.7.1, so
 * that a user who comes later still learns of the question. Owned by the home's thread.
 */
final class WaitingWatchers {
    private static final int MOST_OF_A_USER = 100;
    private static final Duration LONGEST = Duration.ofDays(7);
    private final Timers timers;
    private final InstantSource clock;
    private final Map<Address, Map<Address, Question>> byUser = new HashMap<>();

    WaitingWatchers(Timers timers, InstantSource clock) {
        this.timers = timers;
        this.clock = clock;
    }

    /** Keeps a question from now on; when there are too many the oldest is given up. */
    void add(Address user, WatcherRecord record) {
        add(user, record, clock.instant());
    }

    /** Keeps a question that waits since then. */
    void add(Address user, WatcherRecord record, Instant since) {
        Address watcher = record.watcher().address().folded();
        settle(user, watcher, Event.GIVEUP);
        Map<Address, Question> questions = byUser.computeIfAbsent(user, any -> new LinkedHashMap<>());
        if (questions.size() >= MOST_OF_A_USER) {
            settle(user, questions.keySet().iterator().next(), Event.GIVEUP);
        }
        Duration left = Duration.between(clock.instant(), since.plus(LONGEST));
        Timers.Timer end = timers.after(left, () -> settle(user, watcher, Event.GIVEUP));
        byUser.computeIfAbsent(user, any -> new LinkedHashMap<>()).put(watcher, new Question(record, end));
    }

    /** The watcher asks again, and has a record of that. */
    void returned(Address user, Address watcher) {
        settle(user, watcher.folded(), Event.GIVEUP);
    }

    /** Ends the questions that are answered by now. */
    void reconsider(Address user, Function<Watcher, Optional<Event>> answer) {
        byUser.getOrDefault(user, Map.of()).values().stream()
                .map(question -> question.record.watcher())
                .toList()
                .forEach(watcher -> answer.apply(watcher)
                        .ifPresent(event -> settle(user, watcher.address().folded(), event)));
    }

    private void settle(Address user, Address watcher, Event event) {
        Map<Address, Question> questions = byUser.get(user);
        Question question = questions == null ? null : questions.remove(watcher);
        if (question == null) {
            return;
        }
        if (questions.isEmpty()) {
            byUser.remove(user);
        }
        question.end.cancel();
        question.record.settled(event);
    }

    private record Question(WatcherRecord record, Timers.Timer end) {}
}
