// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.provider.irc.line.CaseMapping;
import io.drawbridge.provider.irc.line.Nick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Nicks of the network and addresses {@code nick@domain}. An address knows one case of letters by its own rules, and the
 * network another by its: who was addressed as {@code bob[w]} is not to answer as <code>bob{w}</code>.
 */
final class Nicks {
    /** More than an account may watch, so that those it does watch are not forgotten. */
    private static final int MOST = 12_000;

    private final DomainName domain;
    private final Supplier<CaseMapping> mapping;
    private final Map<String, Principal> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Principal> eldest) {
            return size() > MOST;
        }
    };

    Nicks(DomainName domain, Supplier<CaseMapping> mapping) {
        this.domain = domain;
        this.mapping = mapping;
    }

    /** Returns the form that is equal for equal nicks. */
    String fold(String nick) {
        return mapping.get().fold(nick);
    }

    boolean areSame(String one, String other) {
        return fold(one).equals(fold(other));
    }

    /** Returns the nick of somebody, and remembers how it was addressed; empty if that cannot be a nick. */
    Optional<String> of(Principal principal) {
        if (!Nick.isValid(principal.local())) {
            return Optional.empty();
        }
        known.put(fold(principal.local()), principal);
        return Optional.of(principal.local());
    }

    /**
     * Returns whose nick this is; empty if it cannot be one, or if its address would be that of somebody else: a network
     * that takes É and é for different letters has two people there.
     */
    Optional<Principal> principal(String nick) {
        if (!Nick.isValid(nick)) {
            return Optional.empty();
        }
        String folded = fold(nick);
        Principal before = known.get(folded);
        if (before != null) {
            return Optional.of(before);
        }
        try {
            Principal principal = Principal.of(nick, domain);
            return Optional.of(principal).filter(mapped -> fold(mapped.local()).equals(folded));
        } catch (IllegalArgumentException unmappable) {
            return Optional.empty();
        }
    }
}
