// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Right;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The durable record of authorizations, presence and aliases. Thread-safe, never blocks; writes keep their order. */
public interface Ledger {
    /**
     * Keeps where a right stands.
     *
     * @return completes once it survives the death of the process; exceptionally, with {@link LedgerFailure}, if it was
     *     not kept
     */
    CompletionStage<Void> keep(Right right, Entitlement entitlement);

    /** Keeps where a right stands, a moment later; it may be lost. */
    void keepLater(Right right, Entitlement entitlement);

    /** Keeps the presence a watcher was last shown, a moment later; empty to forget it. */
    void keepLater(Right right, Optional<PresenceDocument> shown);

    /** Keeps what an alias stands for, a moment later. */
    void keepLater(String alias, Instance instance);

    /**
     * Keeps a consent.
     *
     * @return as for a right
     */
    CompletionStage<Void> keep(Consent consent);

    /**
     * Forgets all that a user has consented to or was asked.
     *
     * @return as for a right
     */
    CompletionStage<Void> forgetConsents(Address user);

    /** Keeps a question to a user of the home, a moment later; it may be lost. */
    void keepLater(Question question);

    /** Forgets a question, a moment later. */
    void forgetLater(Question question);

    /** Wants to know what the ledger holds, each time it was opened and read. */
    void onOpened(Consumer<Content> listener);

    /**
     * What the ledger holds.
     *
     * @param rights the rights that are not simply absent
     * @param presence what watchers were last shown
     * @param aliases what the aliases of a principal stand for
     * @param consents whom users of the home let see them
     * @param questions who waits for a user of the home to say so, those asked first before the others
     */
    record Content(
            Map<Right, Entitlement> rights,
            Map<Right, PresenceDocument> presence,
            Map<Alias, Instance> aliases,
            Set<Consent> consents,
            List<Question> questions) {}
}
