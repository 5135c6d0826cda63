// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an account tells Drawbridge, and what it borrows. May be called on any thread, from within the account's own calls
 * too, and never blocks. Once the account is closed the context is dead: every call throws {@link IllegalStateException}, or
 * answers with {@link Outcome.Failed} where it has an outcome.
 *
 * <p>Senders from the network must be at one of the provider's domains, recipients must be own users, and for an account of
 * {@linkplain AccountScope#USER one user} the recipient is that user; anything else throws
 * {@link IllegalArgumentException} and counts against the provider.
 */
@ProviderType
public interface AccountContext {
    /**
     * Tells how the account stands; {@link AccountStatus} says what follows. The same again changes the detail only.
     * {@link AccountStatus#ONLINE} may be said from {@link Account#connect} on, until something but
     * {@link AccountStatus#CONNECTING} was said after it; anything else would pass by the budget of log-ins, so it throws
     * {@link IllegalArgumentException} and counts against the provider.
     *
     * @param status the new status
     * @param detail a sentence for the administrator without secrets; may be empty
     */
    void status(AccountStatus status, String detail);

    /**
     * Brings a message from the network. Policy decides whether it passes, and how many a sender may bring in a minute; what
     * is refused has failed, and nobody else is told.
     *
     * @return completes exactly once with what became of it, never exceptionally, maybe seconds later; on a thread that is
     *     not the plug-in's, so whatever depends on it returns at once or goes to {@link #executor}
     */
    CompletionStage<Outcome> message(Instance sender, Instance recipient, Message message);

    /** Brings a change of who is writing. What policy refuses is dropped. */
    void typing(Instance sender, Instance recipient, String conversation, Composing state);

    /** Brings what became of a message of an own user. What policy refuses is dropped. */
    void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt);

    /**
     * Brings the present state of somebody's presence; all that is known, not a change. What nobody watches any more is
     * dropped.
     *
     * @param watcher an own user who {@linkplain PresenceAbility#watch watches}
     * @param document of 32768 characters at most, an instance and a note counting as 64 besides their text; a longer one
     *     throws {@link IllegalArgumentException} and counts against the provider
     */
    void presence(Principal watcher, PresenceDocument document);

    /**
     * Brings a step of somebody on the network in the right to see somebody's presence. The answer, if there is one, comes by
     * {@link ContactsAbility#contact}, maybe days later.
     */
    void contact(Principal from, Principal to, ContactStep step);

    /**
     * Returns where the plug-in's own work runs: the provider's few threads, between the account's calls and under their
     * terms, never two tasks of one account at once. What has not begun when the account is closed never runs. More than a
     * thousand waiting tasks are refused with {@link java.util.concurrent.RejectedExecutionException}, which counts against
     * the provider.
     */
    Executor executor();

    /**
     * Runs something later as {@link #executor} would. What is not due when the account is closed never runs. More than a
     * thousand at once are refused as there.
     *
     * @return runs to cancel it
     */
    Runnable after(Duration delay, Runnable task);
}
