// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.sip.internal.map.Content;

/** What the messages of a session go by, apart from the dialog that holds it. Owned by the user agent's thread. */
interface Medium {
    /**
     * Writes the description that offers it.
     *
     * @param plain whether nothing but plain text is offered
     */
    String offer(boolean plain);

    /** Writes the description that answers an offer. */
    String answer();

    /** Takes the description that answers the offer; returns whether the medium can be used. */
    boolean accepted(byte[] description);

    /** Carries a delivery over the open session; returns false if it has no word for it. */
    boolean carry(Delivery delivery, Listener listener);

    /** The session is over. */
    void close();

    /** Hears what came of a delivery: one of these, once. */
    interface Listener {
        /** It is over. */
        void done(DeliveryOutcome outcome);

        /** The other side has forgotten the session, and so has not shown it; another session may do. */
        void forgotten(DeliveryOutcome otherwise);

        /** The way is lost, and the session with it. */
        void lost(Reason reason);
    }

    /** What a medium brings that is not part of the dialog. */
    interface Inlet {
        /** Something was said, typed or acknowledged; {@code answer} takes what becomes of it, once. */
        void arrived(Content content, java.util.function.Consumer<DeliveryOutcome> answer);

        /** A message of the outside's was received, or was not after all. */
        void received(String messageId, boolean delivered);

        /** The way is lost, and the session with it. */
        void lost(Reason reason);
    }
}
