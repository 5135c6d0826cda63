// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.link.DeliveryOutcome;
import java.util.concurrent.CompletionStage;

/** The way out to XMPP partners. A service inside the bundle. Thread-safe, never blocks. */
public interface Streams {
    /**
     * Sends a stanza on an authenticated stream from its own domain to its partner, opening one if there is none. What is
     * sent between the same two domains arrives in the order of the calls.
     *
     * @return completes exactly once, within 32 seconds, on any thread, never exceptionally: {@code HandedOver} when it was
     *     written to the stream, {@code Delivered} when the partner's server acknowledged it (XEP-0198), {@code Failed} with
     *     {@code remote-server-not-found}, {@code remote-server-timeout} and so on as interworking 4.12 has it. Whether
     *     a failed stanza is answered with an error is its sender's matter.
     */
    CompletionStage<DeliveryOutcome> send(OutgoingStanza stanza);
}
