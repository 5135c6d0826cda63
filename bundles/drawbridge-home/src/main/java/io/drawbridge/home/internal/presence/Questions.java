// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import io.drawbridge.lib.jainsip.WatcherInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The questions that wait for a word of a user, whether who asked is still there or not. The record keeps them, so that they
 * outlive the home. Owned by the home's thread; only {@link #of} is for all.
 */
final class Questions {
    /** How exactly the record knows when somebody asked last, so that it is not written at each refresh. */
    private static final Duration EXACTNESS = Duration.ofDays(1);

    private final InstantSource clock;
    private final Map<Address, Map<Address, Open>> byUser = new ConcurrentHashMap<>();
    private Consents record;

    Questions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A question that waits.
     *
     * @param subscriptions who asked with several clients asks one question
     */
    private record Open(Question question, Set<String> subscriptions) {}

    /** Returns what a user is asked, what was asked first before the others. Thread-safe. */
    List<Question> of(Address user) {
        return byUser.getOrDefault(user, Map.of()).values().stream()
                .map(Open::question)
                .sorted(Comparator.comparing(Question::since))
                .toList();
    }

    /**
     * Has another record keep them; null if none can.
     *
     * @return those it kept that nobody here knows of
     */
    List<Question> use(Consents next) {
        record = next;
        if (next == null) {
            return List.of();
        }
        List<Question> forgotten =
                next.questions().stream().filter(kept -> !isOpen(kept)).toList();
        byUser.values().stream().map(Map::values).flatMap(Collection::stream).forEach(open -> next.ask(open.question));
        return forgotten;
    }

    private boolean isOpen(Question question) {
        return byUser.getOrDefault(question.user(), Map.of()).containsKey(question.watcher());
    }

    /** Somebody is still there who asked. */
    void askedAgain(Address user, Watcher watcher) {
        Map<Address, Open> ofUser = byUser.getOrDefault(user.folded(), Map.of());
        Open known = ofUser.get(watcher.address().folded());
        Instant now = clock.instant();
        if (known != null && known.question.since().plus(EXACTNESS).isBefore(now)) {
            Question last = known.question;
            Question renewed = new Question(last.user(), last.watcher(), last.origin(), last.displayName(), now);
            ofUser.put(last.watcher(), new Open(renewed, known.subscriptions));
            if (record != null) {
                record.ask(renewed);
            }
        }
    }

    /** A subscription stands otherwise. */
    void changed(Address user, Watcher watcher, WatcherInfo.Watcher subscription) {
        switch (subscription.status()) {
            case PENDING, WAITING -> opened(user.folded(), watcher, subscription);
            case ACTIVE, TERMINATED -> closed(user.folded(), watcher.address().folded(), subscription.id());
        }
    }

    private void opened(Address user, Watcher watcher, WatcherInfo.Watcher subscription) {
        Address asking = watcher.address().folded();
        Map<Address, Open> ofUser = byUser.computeIfAbsent(user, any -> new ConcurrentHashMap<>());
        Open known = ofUser.get(asking);
        if (known != null) {
            known.subscriptions.add(subscription.id());
            askedAgain(user, watcher);
            return;
        }
        Question question =
                new Question(user, asking, watcher.origin(), subscription.displayName(), subscription.since());
        ofUser.put(asking, new Open(question, new HashSet<>(Set.of(subscription.id()))));
        if (record != null) {
            record.ask(question);
        }
    }

    private void closed(Address user, Address asking, String subscription) {
        Map<Address, Open> ofUser = byUser.getOrDefault(user, Map.of());
        Open known = ofUser.get(asking);
        if (known == null || !known.subscriptions.remove(subscription) || !known.subscriptions.isEmpty()) {
            return;
        }
        ofUser.remove(asking);
        if (ofUser.isEmpty()) {
            byUser.remove(user);
        }
        if (record != null) {
            record.settle(user, asking);
        }
    }
}
