// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import java.util.List;
import java.util.Optional;

/** The order of rules for what a link carries: from an own user to a partner behind a link, and from such a partner home. */
final class Translation extends Judgement {
    private static final List<Step<Translation>> OUT = List.of(
            Translation::edgeIsConfigured,
            Translation::senderIsOurs,
            Translation::federationIsOn,
            Translation::domainIsNotBlocked,
            Translation::partnerIsKnown,
            Translation::isPersonToPerson,
            Translation::userMayTalkToIt,
            Translation::goesToLink);

    private static final List<Step<Translation>> IN = List.of(
            Translation::edgeIsConfigured,
            Translation::recipientIsOurs,
            Translation::federationIsOn,
            Translation::domainIsNotBlocked,
            Translation::partnerIsKnown,
            Translation::isPersonToPerson,
            Translation::domainIsProven,
            Translation::userMayTalkToIt,
            Translation::senderIsVerified,
            Translation::goesHome);

    private TranslatedPartner partner;

    Translation(Snapshot snapshot, Envelope envelope) {
        super(snapshot, envelope);
    }

    Verdict verdict() {
        return settle(envelope.direction() == Direction.INBOUND ? IN : OUT, this);
    }

    private Optional<Verdict> senderIsOurs() {
        RuleResult sender = snapshot.ownDomain(envelope.sender().domain());
        return sender != null
                ? passed(sender)
                : refused(
                        Reason.NOT_OUR_DOMAIN,
                        Rule.OWN_DOMAIN,
                        envelope.sender().domain() + " is not in sipDomains (io.drawbridge.edge)");
    }

    private Optional<Verdict> recipientIsOurs() {
        RuleResult recipient = snapshot.ownDomain(envelope.recipient().domain());
        if (recipient == null) {
            return refused(
                    Reason.NOT_OUR_DOMAIN,
                    Rule.OWN_DOMAIN,
                    envelope.recipient().domain() + " is not in sipDomains (io.drawbridge.edge)");
        }
        return snapshot.ownDomain(foreignDomain()) == null
                ? passed(recipient)
                : refused(
                        Reason.OWN_DOMAIN_FROM_OUTSIDE,
                        Rule.OWN_DOMAIN,
                        "the sender's " + foreignDomain() + " is in sipDomains (io.drawbridge.edge)");
    }

    private Optional<Verdict> partnerIsKnown() {
        partner = snapshot.translated().get(foreignDomain());
        boolean itsOwnLink = envelope.direction() == Direction.OUTBOUND
                || envelope.origin()
                        .filter(origin -> partner != null && origin.link().equals(partner.link()))
                        .isPresent();
        if (partner == null || !itsOwnLink) {
            return refused(Reason.DOMAIN_NOT_ALLOWED, Facts.NO_PARTNER);
        }
        if (partner.closed().isPresent()) {
            return refused(partner.closed().get(), partner.known());
        }
        return partner.isPublic() ? classifiedAsPublicCloud(partner.known()) : passed(partner.known());
    }

    private Optional<Verdict> isPersonToPerson() {
        boolean persons = !envelope.sender().user().isEmpty()
                && !envelope.recipient().user().isEmpty();
        if (!persons) {
            return refused(Reason.NOT_PERSON_TO_PERSON, Facts.NO_PERSON);
        }
        TrafficKind kind = envelope.kind();
        return kind == TrafficKind.CALL || kind == TrafficKind.OTHER
                ? refused(Reason.NOT_PERSON_TO_PERSON, Facts.NEITHER_MESSAGE_NOR_PRESENCE)
                : passed(Facts.PERSON_TO_PERSON);
    }

    private Optional<Verdict> domainIsProven() {
        Trust needed = partner.weakestProof();
        Trust proven = envelope.origin().map(Envelope.Origin::trust).orElse(Trust.NONE);
        if (proven == Trust.NONE || proven.compareTo(needed) < 0) {
            return refused(
                    Reason.PROOF_TOO_WEAK,
                    Rule.PROOF,
                    "proven " + proven + ", wanted " + needed + " or better (" + partner.pid() + ")");
        }
        return passed(partner.proven());
    }

    /** The home's stamp says nothing of XMPP, so the edge's own policies decide even where the stamp is honoured. */
    private Optional<Verdict> userMayTalkToIt() {
        if (partner.isPublic()) {
            return userIsEnabled();
        }
        AccessPolicy policy = snapshot.access().of(envelope.ownUser());
        RuleResult federation = policy.fact(AccessPolicy.Flag.FEDERATION);
        if (!federation.passed()) {
            return refused(Reason.USER_NOT_ENABLED, federation);
        }
        RuleResult xmpp = policy.fact(AccessPolicy.Flag.XMPP);
        return xmpp.passed() ? passed(xmpp) : refused(Reason.USER_NOT_ENABLED_FOR_XMPP, xmpp);
    }

    private Optional<Verdict> senderIsVerified() {
        return verified(partner.mayComeUnasked(), partner.verified());
    }

    private Optional<Verdict> goesToLink() {
        return allowed(
                partner.isPublic() ? Facts.TO_PROVIDER : Facts.TO_XMPP,
                new Route.Link(partner.link(), foreignDomain()));
    }

    private Optional<Verdict> goesHome() {
        return allowed(snapshot.toHome(), snapshot.home());
    }
}
