// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.link;

import io.drawbridge.api.model.Trust;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where links bring what came from their side. Policy decides, the ledger remembers, and the link at the other end
 * delivers. Thread-safe, never blocks.
 *
 * <p>Answers that the ledger knows by itself come back to the origin as events: the grant for somebody who asks again, the
 * refusal for a watcher without a right, the presence last known.
 */
@ProviderType
public interface Inbox {
    /**
     * Takes an event. Presence that its watcher has no right to is not delivered and fails; no protocol answers that.
     *
     * @param event what came
     * @param origin where it came from
     * @return completes exactly once, never exceptionally
     */
    CompletionStage<DeliveryOutcome> accept(Event event, Origin origin);

    /**
     * Where an event came from.
     *
     * @param link the identifier of the link that brings it
     * @param peer the peer's name for people, such as {@code chat.example}
     * @param trust how sure the link is of the sender's domain
     */
    record Origin(String link, String peer, Trust trust) {}
}
