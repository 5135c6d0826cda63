// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.UserData;
import io.drawbridge.api.policy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The order of rules for a request from an own user (lync-edge 6.6, outbound). */
final class Outbound extends Judgement {
    private static final List<Step<Outbound>> ORDER = List.of(
            Outbound::edgeIsConfigured,
            Outbound::endsAreRight,
            Outbound::federationIsOn,
            Outbound::domainIsNotBlocked,
            Outbound::recipientIsKnown,
            Outbound::networkCarriesIt,
            Outbound::senderIsEnabled,
            Outbound::senderIsMarked,
            Outbound::recipientHasAnAddress,
            Outbound::goesOut);

    private Partner partner;
    private Provider provider;

    Outbound(Snapshot snapshot, Envelope envelope) {
        super(snapshot, envelope);
    }

    Verdict verdict() {
        return settle(ORDER, this);
    }

    private Optional<Verdict> endsAreRight() {
        RuleResult sender = snapshot.ownDomain(envelope.sender().domain());
        if (sender == null) {
            return refused(
                    Reason.NOT_OUR_DOMAIN,
                    Rule.OWN_DOMAIN,
                    envelope.sender().domain() + " is not in sipDomains (io.drawbridge.edge)");
        }
        if (snapshot.ownDomain(foreignDomain()) != null) {
            provider = snapshot.splitDomainProvider();
            if (provider == null) {
                return refused(
                        Reason.NOT_OUR_DOMAIN,
                        Rule.OWN_DOMAIN,
                        foreignDomain() + " is in sipDomains too, so it stays inside (io.drawbridge.edge)");
            }
        }
        return passed(sender);
    }

    private Optional<Verdict> recipientIsKnown() {
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
        partner = snapshot.allowed().get(foreignDomain());
        if (partner != null && partner.proxy().isPresent()) {
            return classified(SourceType.DIRECT_PARTNER, false, partner.known());
        }
        if (partner == null && snapshot.discovery().isEmpty()) {
            return refused(Reason.DOMAIN_NOT_ALLOWED, Facts.UNKNOWN);
        }
        return switch (envelope.record().status()) {
            case NOT_ASKED ->
                partner != null && snapshot.providers().isEmpty() && names() != NameVerification.LYNC_HOST
                        ? classified(SourceType.ALLOWED_PARTNER, false, partner.known())
                        : lookUp(Facts.RECORD_WANTED);
            case NONE, FAILED -> withoutRecord(Rule.CLASSIFICATION);
            case FOUND -> knownByRecord(envelope.record());
        };
    }

    private Optional<Verdict> knownByRecord(FederationRecord record) {
        PublicGateway gateway = snapshot.gatewayOf(record);
        if (gateway != null) {
            return refused(
                    Reason.DOMAIN_NOT_ALLOWED,
                    Rule.CLASSIFICATION,
                    "the SRV record leads to the gateway of " + gateway.name() + ", but the domain is not in domains ("
                            + gateway.pid() + ")");
        }
        provider = snapshot.providerOf(record);
        if (provider != null) {
            return classifiedAs(provider);
        }
        if (names() == NameVerification.LYNC_HOST && !anyTargetWithinDomain(record)) {
            return refused(Reason.SRV_TARGET_MISMATCH, Rule.CLASSIFICATION, record.detail());
        }
        return classifiedAs(partner);
    }

    private boolean anyTargetWithinDomain(FederationRecord record) {
        for (HostPort target : record.targets()) {
            if (foreignDomain().contains(target.host())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Verdict> senderIsEnabled() {
        return snapshot.settings().honourUserData() && envelope.userData().isPresent()
                ? stampPermits(envelope.userData().get())
                : userIsEnabled();
    }

    private Optional<Verdict> stampPermits(UserData stamp) {
        if (countsAsPublicCloud()) {
            if (!stamp.publicCloud()) {
                return refused(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD, Facts.STAMPED_NO_PUBLIC_CLOUD);
            }
            // The stamp says nothing of calls, so the edge's own policies decide on them.
            return envelope.kind() == TrafficKind.CALL ? callsAreEnabled() : passed(Facts.STAMPED_PUBLIC_CLOUD);
        }
        return stamp.federation()
                ? passed(Facts.STAMPED_FEDERATION)
                : refused(Reason.USER_NOT_ENABLED, Facts.STAMPED_NO_FEDERATION);
    }

    private Optional<Verdict> senderIsMarked() {
        boolean marked = snapshot.settings().markSourceVerifiable();
        return verified(marked, marked ? Facts.MARKED_OUTGOING : Facts.UNMARKED_OUTGOING);
    }

    private Optional<Verdict> recipientHasAnAddress() {
        return gateway() == null ? GO_ON : addressIsKnown(gateway().sentTo(envelope.recipient()));
    }

    private Optional<Verdict> goesOut() {
        if (gateway() != null) {
            return allowed(Facts.TO_GATEWAY, gateway().way());
        }
        return switch (source()) {
            case DEFAULT_ROUTE ->
                toServer(snapshot.edge().defaultRoute().orElseThrow().server(), NameVerification.LYNC_HOST, Set.of());
            case PROVIDER -> toServer(provider.proxy(), NameVerification.LYNC_HOST, Set.of());
            case DIRECT_PARTNER -> toServer(partner.proxy().orElseThrow(), partner.names(), partner.pins());
            case ALLOWED_PARTNER ->
                allowed(Facts.TO_SRV_TARGET, new Route.FederationSrv(foreignDomain(), partner.names(), partner.pins()));
            case DISCOVERED_PARTNER ->
                allowed(Facts.TO_SRV_TARGET, new Route.FederationSrv(foreignDomain(), names(), Set.of()));
        };
    }

    private Optional<Verdict> toServer(HostPort server, NameVerification names, Set<String> pins) {
        return allowed(Facts.TO_SERVER, new Route.Server(server, foreignDomain(), names, pins));
    }

    private NameVerification names() {
        return partner != null
                ? partner.names()
                : snapshot.discovery().orElseThrow().names();
    }
}
