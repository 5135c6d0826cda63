// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Trust;
import java.util.Optional;
import java.util.Set;

/**
 * An allowed XMPP partner ({@code io.drawbridge.xmpp.partner~DOMAIN}), its settings checked against each other.
 *
 * @param domain its main domain
 * @param additionalDomains further domains of the same partner
 * @param type what its users may do
 * @param proxy its server, instead of what DNS says
 * @param tls whether TLS is negotiated
 * @param sasl whether SASL EXTERNAL is negotiated
 * @param dialback whether dialback may authenticate
 * @param unencrypted whether a stream may stay without TLS; dialback over TCP needs it besides
 * @param keepAlive whether the partner is expected to send something within the keep-alive interval
 * @param connections how many streams may be open with it at once; 0 for as many as the gateway allows a partner
 * @param stanzasPerSecond how many stanzas it may send; 0 for as many as the gateway allows a partner
 */
public record XmppPartner(
        DomainName domain,
        Set<DomainName> additionalDomains,
        PartnerType type,
        Optional<HostPort> proxy,
        Negotiation tls,
        Negotiation sasl,
        boolean dialback,
        boolean unencrypted,
        boolean keepAlive,
        int connections,
        int stanzasPerSecond) {
    /** Copies the domains. */
    public XmppPartner {
        additionalDomains = Set.copyOf(additionalDomains);
    }

    /** Returns the weakest proof of its domain by which its streams may be authenticated (lync-edge 8.3). */
    public Trust weakestProof() {
        boolean certificates = tls != Negotiation.NOT_SUPPORTED && sasl != Negotiation.NOT_SUPPORTED;
        boolean certificatesOnly = tls == Negotiation.REQUIRED && sasl == Negotiation.REQUIRED;
        if (!dialback || certificatesOnly) {
            return certificates ? Trust.STRONG : Trust.NONE;
        }
        if (tls != Negotiation.REQUIRED && unencrypted) {
            return Trust.SPOOFABLE;
        }
        if (tls != Negotiation.NOT_SUPPORTED) {
            return Trust.WEAK;
        }
        return Trust.NONE;
    }

    /** Whether something is negotiated. */
    public enum Negotiation {
        /** No stream without it. */
        REQUIRED,
        /** The partner decides. */
        OPTIONAL,
        /** Neither offered nor taken. */
        NOT_SUPPORTED
    }
}
