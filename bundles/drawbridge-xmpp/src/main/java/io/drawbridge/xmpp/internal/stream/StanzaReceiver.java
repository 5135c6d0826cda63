// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Stanza;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What becomes of stanzas that came in. A service inside the bundle; while there is none, senders are told that the
 * service is not available.
 */
public interface StanzaReceiver {
    /** What becomes of a stanza that calls for nothing. */
    CompletionStage<?> NOTHING = CompletableFuture.completedFuture(null);

    /**
     * Takes a stanza. Called on the stream's event loop, in the order of arrival; must not block or throw. The domain of
     * its {@code from} is {@code origin.partner()} and that of its {@code to} is {@code origin.own()}; nothing else was
     * judged. Every kind comes here, also an iq for the own domain itself, but for the answers to the stream's own
     * pings. What the stanza calls for, an answer or an error, the receiver sends by {@link Streams#send}.
     *
     * @return completes, on any thread, when the stanza has its outcome or calls for none; the partner's server is not told
     *     before that it need not keep it. Empty if nothing is taken any more; the sender is told then that the service is
     *     not available
     */
    Optional<CompletionStage<?>> received(Stanza stanza, StreamPeer origin);
}
