// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Trust;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whoever is reached by a link instead of SIP, an XMPP partner or a public provider, with what verdicts and people want to
 * know of it.
 *
 * @param pid where it is configured
 * @param description the administrator's, or its name
 * @param link the identifier of the link that leads to it
 * @param xmpp what is agreed with it, if it is an XMPP partner
 * @param closed why nothing passes; empty if it takes part
 * @param weakestProof the weakest proof of its domain that is good enough
 * @param mayComeUnasked whether its users count as verified, so that they may come before an own user added them
 * @param known the fact it is classified by
 * @param proven the fact that a proof was good enough
 * @param verified the fact that says whether its users count as verified
 */
public record TranslatedPartner(
        String pid,
        String description,
        String link,
        Optional<XmppPartner> xmpp,
        Optional<Reason> closed,
        Trust weakestProof,
        boolean mayComeUnasked,
        RuleResult known,
        RuleResult proven,
        RuleResult verified) {
    /** The identifier of the link that leads to XMPP partners. */
    static final String XMPP = "xmpp";

    /** Derives the facts of an XMPP partner, once for all the messages that will rest on them. */
    public static TranslatedPartner of(String pid, String description, XmppPartner partner) {
        String methods = String.join(", ", methods(partner));
        return new TranslatedPartner(
                pid,
                description,
                XMPP,
                Optional.of(partner),
                Optional.empty(),
                partner.weakestProof(),
                partner.type().mayComeUnasked(),
                new RuleResult(
                        Rule.CLASSIFICATION, true, "XMPP partner, partnerType=" + partner.type() + " (" + pid + ")"),
                new RuleResult(Rule.PROOF, true, "as agreed: " + methods + " (" + pid + ")"),
                verification(partner.type().mayComeUnasked(), "partnerType=" + partner.type()));
    }

    /** Derives the facts of a public provider; its word on its own users is taken as its verification level says. */
    public static TranslatedPartner of(PublicProvider provider) {
        Optional<Reason> closed = provider.closedBy();
        // No network marks who of its users it verified, so a level that rests on marks verifies nobody.
        boolean verifies = provider.level() == VerificationLevel.ALWAYS_VERIFIABLE;
        String shown = "public provider " + provider.name() + ", " + provider.state() + " (" + provider.pid() + ")";
        return new TranslatedPartner(
                provider.pid(),
                provider.name(),
                provider.link(),
                Optional.empty(),
                closed,
                Trust.STRONG,
                verifies,
                new RuleResult(Rule.CLASSIFICATION, closed.isEmpty(), shown),
                new RuleResult(Rule.PROOF, true, "by the account on the provider's network"),
                verification(verifies, "verificationLevel=" + provider.level()));
    }

    private static RuleResult verification(boolean verified, String why) {
        return new RuleResult(Rule.VERIFICATION, true, (verified ? "verified: " : "not verified: ") + why);
    }

    /** Returns whether it is a public provider. */
    boolean isPublic() {
        return xmpp.isEmpty();
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
