// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One account on a network. Calls for one account never overlap; they come on the provider's own threads, of which there
 * are few, so none may block: each returns within a second. A call that throws counts as failed and against the provider;
 * the account is called on.
 *
 * <p>What else an account can do it says by the interfaces it implements besides, which must be those that
 * {@link ProviderDescription#capabilities()} names: {@link PresenceAbility}, {@link ContactsAbility},
 * {@link TypingAbility}, {@link ReceiptsAbility}.
 */
@ConsumerType
public interface Account extends AutoCloseable {
    /**
     * Starts to sign in, and returns. Called once after {@link NativeProvider#open}, and again each time the account said
     * that it is {@linkplain AccountStatus#DISCONNECTED disconnected}: when to try again is decided by Drawbridge, so that
     * an outage of the network is never followed by a storm. What becomes of it is told by {@link AccountContext#status}.
     */
    void connect();

    /**
     * Sends a message; called only while the account is {@linkplain AccountStatus#ONLINE online}.
     *
     * @param sender who wrote it: the account's user, or for a {@linkplain AccountScope#SHARED shared} account any own user
     * @param recipient somebody at one of the provider's domains
     * @param message what was written; no longer than {@link ProviderDescription#longestMessage()}
     * @return completes exactly once, on any thread; after {@link ProviderDescription#deliveryTimeout()} the sender is told
     *     that it failed, and a later completion counts for nothing
     */
    CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message);

    /**
     * Signs out and lets go of everything: sockets, threads, timers. Returns within ten seconds; this call may block.
     * May be called twice, and while {@link #connect} has not come to an end. The context is dead from the moment this is
     * called; what was accepted by {@link #deliver} before completes or is answered by Drawbridge as failed.
     */
    @Override
    void close();
}
