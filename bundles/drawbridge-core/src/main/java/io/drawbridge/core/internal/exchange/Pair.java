// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.authorization.Right;
import java.util.Optional;
import java.util.Set;

/**
 * An own user and a contact: what is between them keeps its order.
 *
 * @param own the own user
 * @param contact the one outside
 */
record Pair(Principal own, Principal contact) {
    /** Returns the pair a right is between; empty if not exactly one end is an own user. */
    static Optional<Pair> of(Right right, Set<DomainName> ownDomains) {
        boolean ownWatcher = ownDomains.contains(right.watcher().domain());
        boolean ownPresentity = ownDomains.contains(right.presentity().domain());
        if (ownWatcher == ownPresentity) {
            return Optional.empty();
        }
        return Optional.of(
                ownWatcher
                        ? new Pair(right.watcher(), right.presentity())
                        : new Pair(right.presentity(), right.watcher()));
    }

    /** Returns the right of the own user to see the contact. */
    Right ofOwnUser() {
        return new Right(own, contact);
    }

    /** Returns the right of the contact to see the own user. */
    Right ofContact() {
        return new Right(contact, own);
    }
}
