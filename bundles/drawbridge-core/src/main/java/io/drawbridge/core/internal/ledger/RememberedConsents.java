// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.home.Consents;
import io.drawbridge.api.model.Address;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The consents of the ledger, in memory. */
final class RememberedConsents implements Consents {
    static final int MOST_OF_A_USER = 2_000;
    private final Ledger ledger;
    private final Map<Address, Set<Address>> byUser = new ConcurrentHashMap<>();

    /** Knows what {@code ledger} holds. */
    RememberedConsents(Ledger ledger, Set<Consent> held) {
        this.ledger = ledger;
        held.forEach(this::add);
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
        return ledger.forgetConsents(user);
    }
}
