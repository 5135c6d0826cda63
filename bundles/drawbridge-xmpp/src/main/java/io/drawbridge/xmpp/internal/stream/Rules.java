// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;

/**
 * What the settings of a partner allow on its streams (lync-edge 8.3, interworking 4.8).
 *
 * @param partner the partner
 */
record Rules(XmppPartner partner) {
    boolean tlsRequired() {
        return partner.tls() == Negotiation.REQUIRED || !dialbackOverTcp();
    }

    boolean tlsPossible() {
        return partner.tls() != Negotiation.NOT_SUPPORTED;
    }

    /** Returns whether SASL EXTERNAL may authenticate a stream that has TLS. */
    boolean external() {
        return tlsPossible() && partner.sasl() != Negotiation.NOT_SUPPORTED;
    }

    /** Returns whether dialback may authenticate. */
    boolean dialback(boolean tls) {
        return tls ? dialbackOverTls() : dialbackOverTcp();
    }

    boolean dialbackOverTls() {
        boolean certificatesOnly = partner.tls() == Negotiation.REQUIRED && partner.sasl() == Negotiation.REQUIRED;
        return partner.dialback() && tlsPossible() && !certificatesOnly;
    }

    boolean dialbackOverTcp() {
        return partner.dialback() && partner.tls() != Negotiation.REQUIRED && partner.unencrypted();
    }

    /** Returns how much dialback proves (interworking 4.6). */
    static Trust byDialback(boolean tls) {
        return tls ? Trust.WEAK : Trust.SPOOFABLE;
    }
}
