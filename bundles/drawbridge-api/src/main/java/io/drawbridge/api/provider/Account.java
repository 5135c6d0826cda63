// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One account on a network.
 *
 * <p>All calls, those of the abilities too, come on the provider's own threads, and two of one account never overlap. The
 * threads are few, for all accounts together, so no call but {@link #close} may block: each returns within a second. What a
 * call throws is logged and counts against the provider, as does a call that returns late; the account is called on. Ten of
 * these in a minute, and the provider rests in quarantine, where nothing of it is called and its messages fail at once.
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
     * an outage of the network is never followed by a storm. What becomes of it is told by {@link AccountContext#status}:
     * trouble with the network is never thrown. If this throws, the account counts as disconnected; if nothing is told for
     * two minutes, it is closed and opened anew later.
     */
    void connect();

    /**
     * Sends a message; called only while the account is {@linkplain AccountStatus#ONLINE online}, in the order the messages
     * were written. Returns at once; what becomes of the message is told by what it returns. If it throws or returns nothing,
     * the sender is told that it failed.
     *
     * @param sender who wrote it: the account's user, or for a {@linkplain AccountScope#SHARED shared} account any own user
     * @param recipient somebody at one of the provider's domains
     * @param message what was written; no longer than {@link ProviderDescription#longestMessage()}
     * @return completes exactly once, on any thread, with what {@link Outcome} tells the sender; after
     *     {@link ProviderDescription#deliveryTimeout()} the sender is told that it timed out, and a later completion counts
     *     for nothing; completed exceptionally or with nothing, it has failed
     */
    CompletionStage<Outcome> deliver(Instance sender, Instance recipient, Message message);

    /**
     * Signs out and lets go of everything: sockets, threads, timers. Returns within ten seconds; this call may block.
     * Called when the account, the provider or the appliance ends, or another plug-in takes over; may be called twice, and
     * while {@link #connect} has not come to an end. The context is dead from the moment this is called; what was accepted
     * by {@link #deliver} before completes or is answered by Drawbridge as failed. After ten seconds it is waited for no
     * longer. Threads that still run a minute after the bundle has gone are named to the operator.
     */
    @Override
    void close();
}
