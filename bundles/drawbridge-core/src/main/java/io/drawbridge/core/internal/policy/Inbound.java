// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order of rules for a request from outside (lync-edge 6.6, inbound). Where that order classifies a peer by its
 * certificate alone, this one asks the sender's domain first: a domain with a configured server is spoken for by that
 * server only, whatever else its certificate names.
 */
final class Inbound extends Judgement {
    private static final List<Step<Inbound>> ORDER = List.of(
            Inbound::edgeIsConfigured,
            Inbound::endsAreRight,
            Inbound::federationIsOn,
            Inbound::domainIsNotBlocked,
            Inbound::peerIsKnown,
            Inbound::connectionKeepsItsType,
            Inbound::peerMaySpeakForTheDomain,
            Inbound::networkCarriesIt,
            Inbound::recipientIsEnabled,
            Inbound::senderIsVerified,
            Inbound::senderHasAnAddress,
            Inbound::goesHome);

    private Partner partner;
    private Provider provider;

    Inbound(Snapshot snapshot, Envelope envelope) {
        super(snapshot, envelope);
    }

    Verdict verdict() {
        return settle(ORDER, this);
    }

    private Optional<Verdict> endsAreRight() {
        RuleResult recipient = snapshot.ownDomain(envelope.recipient().domain());
        boolean ownSender = snapshot.ownDomain(foreignDomain()) != null;
        if (recipient == null) {
            return refused(
                    Reason.NOT_OUR_DOMAIN,
                    Rule.OWN_DOMAIN,
                    envelope.recipient().domain() + " is not in sipDomains (io.drawbridge.edge)");
        }
        if (ownSender && !isSplitDomainProvider()) {
            return refused(
                    Reason.OWN_DOMAIN_FROM_OUTSIDE,
                    Rule.OWN_DOMAIN,
                    "the sender's " + foreignDomain() + " is in sipDomains (io.drawbridge.edge)");
        }
        return passed(recipient);
    }

    private boolean isSplitDomainProvider() {
        Provider shared = snapshot.splitDomainProvider();
        if (shared == null || envelope.peer().isEmpty()) {
            return false;
        }
        provider = envelope.peer().get().namesHost(shared.proxy().host()) ? shared : null;
        return provider != null;
    }

    private Optional<Verdict> peerIsKnown() {
        TranslatedPartner translated = snapshot.translated().get(foreignDomain());
        if (translated != null) {
            return refused(
                    Reason.DOMAIN_NOT_ALLOWED,
                    Rule.CLASSIFICATION,
                    "reached by another link, and SIP is not taken of it (" + translated.pid() + ")");
        }
        if (envelope.peer().isEmpty()) {
            return refused(Reason.PEER_NOT_AUTHORIZED, Facts.NO_CERTIFICATE);
        }
        if (snapshot.edge().defaultRoute().isPresent()) {
            boolean publicProvider = snapshot.edge().defaultRoute().get().publicProvider();
            return classified(SourceType.DEFAULT_ROUTE, publicProvider, Facts.BY_DEFAULT_ROUTE);
        }
        if (provider != null) {
            return classified(SourceType.PROVIDER, false, provider.known());
        }
        PublicGateway gateway = snapshot.gateways().get(foreignDomain());
        if (gateway != null) {
            return classifiedAs(gateway);
        }
        PublicGateway shown = snapshot.gatewayOf(peer());
        if (shown != null) {
            return refused(
                    Reason.PEER_NOT_AUTHORIZED,
                    Rule.CLASSIFICATION,
                    "the peer is the gateway of " + shown.name() + ", which speaks for no domain but its own ("
                            + shown.pid() + ")");
        }
        partner = snapshot.allowed().get(foreignDomain());
        if (partner != null && partner.proxy().isPresent()) {
            return classified(SourceType.DIRECT_PARTNER, false, partner.known());
        }
        if (partner == null && snapshot.discovery().isEmpty()) {
            return refused(Reason.DOMAIN_NOT_ALLOWED, Facts.UNKNOWN);
        }
        provider = snapshot.providerOf(peer());
        if (provider != null) {
            return classifiedAs(provider);
        }
        return classifiedAs(partner);
    }

    /** Types are those a peer can tell apart, the values of {@code ms-source-type}: it cannot know of our lists. */
    private Optional<Verdict> connectionKeepsItsType() {
        if (envelope.connectionType().isEmpty()) {
            return passed(Facts.FIRST_ON_CONNECTION);
        }
        SourceType first = envelope.connectionType().get();
        return first.headerValue().equals(source().headerValue())
                ? passed(Facts.SAME_TYPE)
                : refused(
                        Reason.INCOMPATIBLE_TRAFFIC,
                        Rule.TRAFFIC_TYPE,
                        source().headerValue() + " on a connection of " + first.headerValue());
    }

    private Optional<Verdict> peerMaySpeakForTheDomain() {
        if (gateway() != null) {
            return namesServer(gateway().proxy().host());
        }
        return switch (source()) {
            case DEFAULT_ROUTE -> namesDefaultRoute();
            case DIRECT_PARTNER -> namesPartnerServer();
            case PROVIDER -> providerServesDomain();
            case ALLOWED_PARTNER -> namesAllowedDomain();
            case DISCOVERED_PARTNER ->
                tiedByRecord(snapshot.discovery().orElseThrow().names(), Set.of());
        };
    }

    private Optional<Verdict> namesDefaultRoute() {
        return namesServer(snapshot.edge().defaultRoute().orElseThrow().server().host());
    }

    private Optional<Verdict> namesServer(String host) {
        return peer().namesHost(host) ? passed(Facts.NAMES_SERVER) : strangeCertificate(host);
    }

    private Optional<Verdict> namesPartnerServer() {
        String host = partner.proxy().orElseThrow().host();
        boolean namesHost = peer().namesHost(host);
        if (!partner.names().accepts(peer(), foreignDomain(), namesHost, partner.pins())) {
            return strangeCertificate(host);
        }
        return passed(namesHost ? Facts.NAMES_SERVER : Facts.NAMES_DOMAIN);
    }

    private Optional<Verdict> providerServesDomain() {
        if (snapshot.ownDomain(foreignDomain()) != null) {
            return passed(Facts.PROVIDER_OF_OURS);
        }
        FederationRecord record = envelope.record();
        return switch (record.status()) {
            case NOT_ASKED -> lookUp(Facts.ADDRESS_RECORD_WANTED);
            case NONE, FAILED -> withoutRecord(Rule.PEER_IDENTITY);
            case FOUND ->
                record.leadsTo(provider.proxy().host())
                        ? passed(Facts.PROVIDER_OF_DOMAIN)
                        : refused(
                                Reason.PEER_NOT_AUTHORIZED,
                                Rule.PEER_IDENTITY,
                                "the domain's SRV record does not lead to the provider: " + record.detail());
        };
    }

    /** An allowed domain needs no record if the certificate names the domain itself: it is listed, not discovered. */
    private Optional<Verdict> namesAllowedDomain() {
        if (partner.names().accepts(peer(), foreignDomain(), false, partner.pins())) {
            return passed(Facts.NAMES_DOMAIN);
        }
        if (partner.names() == NameVerification.RFC5922) {
            return strangeCertificate(foreignDomain().value());
        }
        return tiedByRecord(partner.names(), partner.pins());
    }

    private Optional<Verdict> tiedByRecord(NameVerification names, Set<String> pins) {
        FederationRecord record = envelope.record();
        return switch (record.status()) {
            case NOT_ASKED -> lookUp(Facts.ADDRESS_RECORD_WANTED);
            case NONE, FAILED -> withoutRecord(Rule.PEER_IDENTITY);
            case FOUND -> tiedByTargets(record, names, pins);
        };
    }

    private Optional<Verdict> tiedByTargets(FederationRecord record, NameVerification names, Set<String> pins) {
        boolean within = false;
        boolean outside = false;
        for (HostPort target : record.targets()) {
            if (peer().namesHost(target.host())) {
                within |= foreignDomain().contains(target.host());
                outside |= !within;
            }
        }
        if (names.accepts(peer(), foreignDomain(), within, pins)) {
            return passed(within ? Facts.NAMES_TARGET : Facts.NAMES_DOMAIN);
        }
        return outside && !within
                ? refused(Reason.SRV_TARGET_MISMATCH, Rule.PEER_IDENTITY, record.detail())
                : strangeCertificate(foreignDomain() + " or " + record.detail());
    }

    private Optional<Verdict> strangeCertificate(String wanted) {
        return refused(
                Reason.PEER_NOT_AUTHORIZED,
                Rule.PEER_IDENTITY,
                "wanted " + wanted + ", the certificate names " + Shown.names(peer()));
    }

    private Optional<Verdict> recipientIsEnabled() {
        return snapshot.settings().honourUserData() ? passed(Facts.LEFT_TO_HOME) : userIsEnabled();
    }

    private Optional<Verdict> senderIsVerified() {
        VerificationLevel level =
                switch (source()) {
                    case DEFAULT_ROUTE ->
                        snapshot.edge().defaultRoute().orElseThrow().level();
                    case PROVIDER -> gateway() != null ? gateway().level() : provider.level();
                    case DIRECT_PARTNER, ALLOWED_PARTNER -> partner.level();
                    case DISCOVERED_PARTNER ->
                        snapshot.discovery().orElseThrow().level();
                };
        boolean counts =
                switch (level) {
                    case ALWAYS_VERIFIABLE -> true;
                    case ALWAYS_UNVERIFIABLE -> false;
                    case USE_SOURCE_VERIFICATION -> envelope.verifiedMark().orElse(false);
                };
        return verified(counts, Facts.verification(level, counts));
    }

    private Optional<Verdict> senderHasAnAddress() {
        return gateway() == null ? GO_ON : addressIsKnown(gateway().comesFrom(envelope.sender()));
    }

    private Optional<Verdict> goesHome() {
        return allowed(snapshot.toHome(), snapshot.home());
    }

    private PeerIdentity peer() {
        return envelope.peer().orElseThrow();
    }
}
