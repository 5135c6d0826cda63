// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;

/**
 * An XMPP partner with what verdicts and people want to know of it besides.
 *
 * @param pid where it is configured
 * @param description the administrator's
 * @param partner what is agreed with it
 * @param known the fact it is classified by
 * @param proven the fact that a proof was good enough
 * @param verified the fact that says whether its users count as verified
 */
public record TranslatedPartner(
        String pid, String description, XmppPartner partner, RuleResult known, RuleResult proven, RuleResult verified) {
    /** Derives the facts, once for all the messages that will rest on them. */
    public static TranslatedPartner of(String pid, String description, XmppPartner partner) {
        String methods = String.join(", ", methods(partner));
        return new TranslatedPartner(
                pid,
                description,
                partner,
                new RuleResult(
                        Rule.CLASSIFICATION, true, "XMPP partner, partnerType=" + partner.type() + " (" + pid + ")"),
                new RuleResult(Rule.PROOF, true, "as agreed: " + methods + " (" + pid + ")"),
                new RuleResult(
                        Rule.VERIFICATION,
                        true,
                        (partner.type().mayComeUnasked() ? "verified" : "not verified") + ": partnerType="
                                + partner.type()));
    }

    /** Returns the methods by which a stream with a partner may be authenticated, the strongest first (lync-edge 8.3). */
    public static List<String> methods(XmppPartner partner) {
        List<String> methods = new ArrayList<>();
        if (partner.tls() != Negotiation.NOT_SUPPORTED && partner.sasl() != Negotiation.NOT_SUPPORTED) {
            methods.add("certificate over TLS");
        }
        Trust weakest = partner.weakestProof();
        if (partner.tls() != Negotiation.NOT_SUPPORTED && (weakest == Trust.WEAK || weakest == Trust.SPOOFABLE)) {
            methods.add("dialback over TLS");
        }
        if (weakest == Trust.SPOOFABLE) {
            methods.add("dialback without TLS");
        }
        return methods;
    }
}
