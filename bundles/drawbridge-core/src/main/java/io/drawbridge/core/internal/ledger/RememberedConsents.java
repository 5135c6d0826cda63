// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.home.Consents;
import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The consents of the ledger and the questions that wait for one, in memory. Thread-safe. */
final class RememberedConsents implements Consents {
    static final int MOST_OF_A_USER = 2_000;
    static final int MOST_QUESTIONS_OF_A_USER = 100;
    private final Ledger ledger;
    private final Map<Address, Set<Address>> byUser = new ConcurrentHashMap<>();
    private final Map<Address, Map<Address, Question>> questions = new HashMap<>();

    /** Knows what {@code ledger} holds. */
    RememberedConsents(Ledger ledger, Ledger.Content held) {
        this.ledger = ledger;
        held.consents().forEach(this::add);
        held.questions().forEach(this::add);
    }

    @Override
    public boolean holds(Address user, Address watcher) {
        return byUser.getOrDefault(user, Set.of()).contains(watcher);
    }

    @Override
    public CompletionStage<Void> give(Address user, Address watcher) {
        if (byUser.getOrDefault(user, Set.of()).size() >= MOST_OF_A_USER) {
            return CompletableFuture.failedFuture(
                    new LedgerFailure("a user lets at most " + MOST_OF_A_USER + " others see them", null));
        }
        Consent consent = new Consent(user, watcher);
        return ledger.keep(consent).thenRun(() -> add(consent));
    }

    private void add(Consent consent) {
        byUser.computeIfAbsent(consent.user(), any -> ConcurrentHashMap.newKeySet())
                .add(consent.watcher());
    }

    @Override
    public CompletionStage<Void> forget(Address user) {
        byUser.remove(user);
        synchronized (questions) {
            questions.remove(user);
        }
        return ledger.forgetConsents(user);
    }

    @Override
    public List<Question> questions() {
        synchronized (questions) {
            return questions.values().stream()
                    .flatMap(ofUser -> ofUser.values().stream())
                    .sorted(Comparator.comparing(Question::since))
                    .toList();
        }
    }

    @Override
    public void ask(Question question) {
        add(question).ifPresent(ledger::forgetLater);
        ledger.keepLater(question);
    }

    /** Returns the question that is given up for this one. */
    private Optional<Question> add(Question question) {
        synchronized (questions) {
            Map<Address, Question> ofUser = questions.computeIfAbsent(question.user(), any -> new LinkedHashMap<>());
            ofUser.remove(question.watcher());
            ofUser.put(question.watcher(), question);
            return ofUser.size() <= MOST_QUESTIONS_OF_A_USER
                    ? Optional.empty()
                    : Optional.of(ofUser.remove(ofUser.keySet().iterator().next()));
        }
    }

    @Override
    public void settle(Address user, Address watcher) {
        remove(user, watcher).ifPresent(ledger::forgetLater);
    }

    private Optional<Question> remove(Address user, Address watcher) {
        synchronized (questions) {
            Map<Address, Question> ofUser = questions.getOrDefault(user, Map.of());
            Optional<Question> settled = Optional.ofNullable(ofUser.get(watcher));
            settled.ifPresent(question -> ofUser.remove(watcher));
            if (ofUser.isEmpty()) {
                questions.remove(user);
            }
            return settled;
        }
    }
}
