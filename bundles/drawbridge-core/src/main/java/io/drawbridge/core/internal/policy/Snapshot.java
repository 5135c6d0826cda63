// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The whole configuration that decides, at one moment. Immutable; every question is a hash look-up, so that deciding
 * costs the same whatever the number of domains. Facts that verdicts share are made here, once.
 */
public final class Snapshot {
    /** What holds before anything is configured. */
    public static final Snapshot EMPTY =
            new Snapshot(EdgeRules.NONE, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), AccessPolicies.NONE);

    private static final String EDGE = " (io.drawbridge.edge)";

    private final EdgeRules edge;
    private final Map<DomainName, Blocking> blocked;
    private final Map<DomainName, Partner> allowed;
    private final Map<DomainName, TranslatedPartner> translated;
    private final Map<DomainName, PublicGateway> gateways;
    private final Servers<Provider> providers;
    private final Servers<PublicGateway> gatewayServers;
    private final AccessPolicies access;

    private final Map<DomainName, RuleResult> own = new HashMap<>();
    private final Provider splitDomainProvider;
    private final RuleResult organisationSwitch;
    private final RuleResult notBlocked;
    private final RuleResult toHome;
    private final Route home;

    /**
     * Freezes a configuration that is free of conflicts.
     *
     * @param edge what {@code io.drawbridge.edge} says
     * @param blocked blocked domains
     * @param allowed allowed domains
     * @param translated partners behind links by each of their domains
     * @param gateways public providers with a SIP gateway by each of their domains
     * @param providers hosting providers by the host of their server
     * @param access external access policies
     */
    public Snapshot(
            EdgeRules edge,
            Map<DomainName, Blocking> blocked,
            Map<DomainName, Partner> allowed,
            Map<DomainName, TranslatedPartner> translated,
            Map<DomainName, PublicGateway> gateways,
            Map<String, Provider> providers,
            AccessPolicies access) {
        this.edge = edge;
        this.blocked = Map.copyOf(blocked);
        this.allowed = Map.copyOf(allowed);
        this.translated = Map.copyOf(translated);
        this.gateways = Map.copyOf(gateways);
        this.providers = new Servers<>(providers);
        Map<String, PublicGateway> servers = new HashMap<>();
        gateways.values().forEach(gateway -> servers.put(gateway.proxy().host(), gateway));
        gatewayServers = new Servers<>(servers);
        this.access = access;
        for (DomainName domain : edge.settings().sipDomains()) {
            own.put(domain, new RuleResult(Rule.OWN_DOMAIN, true, domain + " is in sipDomains" + EDGE));
        }
        splitDomainProvider = providers.values().stream()
                .filter(Provider::sharesOwnDomains)
                .findFirst()
                .orElse(null);
        organisationSwitch = new RuleResult(
                Rule.ORGANISATION_SWITCH, edge.federation(), "allowFederatedUsers=" + edge.federation() + EDGE);
        notBlocked = new RuleResult(Rule.BLOCKED_DOMAIN, true, "not one of " + blocked.size() + " blocked domains");
        home = new Route.Home(edge.settings().nextHop());
        toHome = new RuleResult(Rule.ROUTE, true, home + EDGE);
    }

    /** Judges one request by this configuration. Pure: the same envelope always has the same verdict. */
    public Verdict decide(Envelope envelope) {
        if (envelope.direction() == Direction.INBOUND) {
            return envelope.origin().isPresent()
                    ? new Translation(this, envelope).verdict()
                    : new Inbound(this, envelope).verdict();
        }
        return translated.containsKey(envelope.foreignDomain())
                ? new Translation(this, envelope).verdict()
                : new Outbound(this, envelope).verdict();
    }

    /** Returns whether an own user may sign in from outside: organisation switch and user's policy. */
    public boolean admitsFromOutside(Address user) {
        return edge.outsideUsers()
                && own.containsKey(user.domain())
                && access.of(user).grants(AccessPolicy.Flag.OUTSIDE);
    }

    /** Returns what {@code io.drawbridge.edge} says. */
    public EdgeRules edge() {
        return edge;
    }

    EdgeSettings settings() {
        return edge.settings();
    }

    /** Returns the allowed domains. */
    public Map<DomainName, Partner> allowed() {
        return allowed;
    }

    /** Returns the partners behind links by each of their domains. */
    public Map<DomainName, TranslatedPartner> translated() {
        return translated;
    }

    /** Returns the blocked domains. */
    public Map<DomainName, Blocking> blocked() {
        return blocked;
    }

    /** Returns the public providers with a SIP gateway by each of their domains. */
    public Map<DomainName, PublicGateway> gateways() {
        return gateways;
    }

    /** Returns the hosting providers by the host of their server. */
    public Map<String, Provider> providers() {
        return providers.byHost();
    }

    /** Returns the external access policies. */
    public AccessPolicies access() {
        return access;
    }

    boolean configured() {
        return !own.isEmpty();
    }

    /** Returns the fact that a domain is an own one, or null. */
    RuleResult ownDomain(DomainName domain) {
        return own.get(domain);
    }

    RuleResult organisationSwitch() {
        return organisationSwitch;
    }

    RuleResult notBlocked() {
        return notBlocked;
    }

    RuleResult toHome() {
        return toHome;
    }

    Route home() {
        return home;
    }

    /** Returns the provider that hosts some of the users of the own domains, or null. */
    Provider splitDomainProvider() {
        return splitDomainProvider;
    }

    /** Returns the hosting provider whose server a certificate names, or null. */
    Provider providerOf(PeerIdentity peer) {
        return providers.of(peer);
    }

    /** Returns the hosting provider whose server a federation record names, or null. */
    Provider providerOf(FederationRecord record) {
        return providers.of(record);
    }

    /** Returns the public provider whose gateway a certificate names, or null. */
    PublicGateway gatewayOf(PeerIdentity peer) {
        return gatewayServers.of(peer);
    }

    /** Returns the public provider whose gateway a federation record names, or null. */
    PublicGateway gatewayOf(FederationRecord record) {
        return gatewayServers.of(record);
    }

    /** Returns how partners off the allowed list are met; empty while they are not. */
    Optional<EdgeRules.Discovery> discovery() {
        return edge.discovery();
    }
}
