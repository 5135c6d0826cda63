// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;

/** Carries what is said in a talk to the home, one delivery at a time. */
interface Carrier {
    /** Carries a delivery; {@code listener} hears once what came of it. */
    void carry(Delivery delivery, Listener listener);

    /** Hears what came of a delivery. */
    interface Listener {
        /**
         * It is over.
         *
         * @param status the home's final answer, 0 if there was none
         */
        void carried(Delivery delivery, DeliveryOutcome outcome, int status);
    }
}
