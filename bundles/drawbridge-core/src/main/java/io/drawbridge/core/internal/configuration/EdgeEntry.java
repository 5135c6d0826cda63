// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.core.internal.configuration.EdgeConfig.RoutingMethod;
import io.drawbridge.core.internal.policy.EdgeRules;
import io.drawbridge.core.internal.safeguards.Limits;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code io.drawbridge.edge} says. Nothing of it contradicts anything: it comes first.
 *
 * @param rules for policy
 * @param limits for the safeguards
 */
record EdgeEntry(EdgeRules rules, Limits limits) implements Entry {
    static final String PID = "io.drawbridge.edge";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<EdgeConfig> settings = Settings.read(EdgeConfig.class, pid, properties);
        EdgeConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        EdgeRules rules = rules(config, flaws);
        Optional<Entry> entry = flaws.none() ? Optional.of(new EdgeEntry(rules, limits(config))) : Optional.empty();
        return new Reading(entry, flaws.found(), settings.unknownKeys());
    }

    private static EdgeRules rules(EdgeConfig config, Flaws flaws) {
        Optional<HostPort> nextHop = flaws.hostPort("nextHop", config.nextHop());
        EdgeSettings settings = new EdgeSettings(
                flaws.domains("sipDomains", config.sipDomains()),
                nextHop,
                nextHopNames(config, nextHop, flaws),
                config.honourUserData(),
                config.markSourceVerifiableOnOutgoingMessages(),
                config.enableArchivingDisclaimer(),
                config.diagnosticsOutside(),
                config.outgoingTlsCountForFederatedPartners());
        return new EdgeRules(
                settings,
                config.allowFederatedUsers(),
                config.allowOutsideUsers(),
                defaultRoute(config, nextHop, flaws),
                discovery(config, flaws));
    }

    private static Set<String> nextHopNames(EdgeConfig config, Optional<HostPort> nextHop, Flaws flaws) {
        Set<String> names = new HashSet<>();
        for (DomainName name : flaws.domains("nextHopNames", config.nextHopNames())) {
            names.add(name.value());
        }
        if (nextHop.isPresent() && isName(nextHop.get().host())) {
            names.add(nextHop.get().host());
        }
        if (nextHop.isPresent() && names.isEmpty()) {
            flaws.add("nextHopNames", "", "is required if nextHop is an IP address");
        }
        return names;
    }

    private static boolean isName(String host) {
        try {
            new DomainName(host);
            return true;
        } catch (IllegalArgumentException anAddress) {
            return false;
        }
    }

    private static Optional<EdgeRules.DefaultRoute> defaultRoute(
            EdgeConfig config, Optional<HostPort> nextHop, Flaws flaws) {
        Optional<HostPort> server = flaws.server("defaultRouteFqdn", config.defaultRouteFqdn());
        if (config.routingMethod() != RoutingMethod.USE_DEFAULT_ROUTING) {
            return Optional.empty();
        }
        if (config.defaultRouteFqdn().isBlank()) {
            flaws.add("defaultRouteFqdn", "", "is required by routingMethod=UseDefaultRouting");
        }
        if (server.isPresent() && nextHop.map(HostPort::host).equals(server.map(HostPort::host))) {
            flaws.add(
                    "defaultRouteFqdn", config.defaultRouteFqdn(), "is the next hop; what is for outside would return");
        }
        return server.map(
                host -> new EdgeRules.DefaultRoute(host, config.isPublicProvider(), config.verificationLevel()));
    }

    private static Optional<EdgeRules.Discovery> discovery(EdgeConfig config, Flaws flaws) {
        if (!config.enablePartnerDiscovery()) {
            return Optional.empty();
        }
        if (config.routingMethod() != RoutingMethod.USE_DNS_SRV_ROUTING) {
            flaws.add("enablePartnerDiscovery", "true", "needs routingMethod=UseDnsSrvRouting");
        }
        if (config.discoveredPartnerNameVerification() == NameVerification.PINNED) {
            flaws.add("discoveredPartnerNameVerification", "PINNED", "needs pins, so it is for allowed domains only");
        }
        return Optional.of(new EdgeRules.Discovery(
                config.discoveredPartnerVerificationLevel(), config.discoveredPartnerNameVerification()));
    }

    private static Limits limits(EdgeConfig config) {
        return new Limits(
                config.discoveredPartnerStandardRate(),
                config.enableDiscoveredPartnerContactsLimit()
                        ? config.maxContactsPerDiscoveredPartner()
                        : Integer.MAX_VALUE,
                Duration.ofMinutes(config.discoveredPartnerReportPeriodMinutes()),
                config.maxAcceptedCertificatesStored(),
                config.certificatesDeletedPercentage());
    }

    @Override
    public String pid() {
        return PID;
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {}

    @Override
    public void enter(Draft draft) {
        draft.edge = rules;
        draft.limits = limits;
    }
}
