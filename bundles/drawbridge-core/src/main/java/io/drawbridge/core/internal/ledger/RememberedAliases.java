// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.link.Aliases;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The aliases of the ledger, in memory; those used last stay when there are too many. */
final class RememberedAliases implements Aliases {
    private static final int LONGEST = 255;

    private final Ledger ledger;
    private final Map<Alias, Instance> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Alias, Instance> eldest) {
            return size() > LedgerTables.MOST_ALIASES;
        }
    };

    RememberedAliases(Ledger ledger) {
        this.ledger = ledger;
        ledger.onOpened(content -> {
            synchronized (this) {
                content.aliases().forEach(known::putIfAbsent);
            }
        });
    }

    @Override
    public void remember(String alias, Instance instance) {
        if (alias.isEmpty() || alias.length() > LONGEST || alias.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an alias has 1 to " + LONGEST + " characters and no control character");
        }
        Instance before;
        synchronized (this) {
            before = known.put(new Alias(instance.principal(), alias), instance);
        }
        if (!instance.equals(before)) {
            ledger.keepLater(alias, instance);
        }
    }

    @Override
    public synchronized Optional<Instance> find(Principal principal, String alias) {
        return Optional.ofNullable(known.get(new Alias(principal, alias)));
    }
}
