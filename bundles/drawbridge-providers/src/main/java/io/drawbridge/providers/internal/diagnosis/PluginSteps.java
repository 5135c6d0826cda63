// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.diagnosis;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Reason.Fault;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.configuration.ProviderConfig;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a plug-in serves a network, and whether that network can do what is asked. */
final class PluginSteps {
    private static final String PLUGIN = "plug-in";

    private PluginSteps() {}

    /** Returns where a provider is configured. */
    static String pid(ProviderStatus provider) {
        return ProviderConfig.PID + "~" + provider.id();
    }

    /** Returns a step that failed for a reason; its detail says whose fault that is. */
    static Step failed(String name, Reason reason, String more, String remedy) {
        String detail = reason.text() + (more.isEmpty() ? "" : ": " + more) + " ("
                + reason.fault().text() + ")";
        return Step.failed(name, detail, Duration.ZERO, remedy);
    }

    /** Returns that there is no plug-in for a domain. */
    static Step none(DomainName domain) {
        return Step.failed(
                PLUGIN,
                "no network with accounts has the domain " + domain + " (" + Fault.CONFIGURATION.text() + ")",
                Duration.ZERO,
                "drawbridge:providers lists the networks and their domains");
    }

    /**
     * Returns how the plug-in stands.
     *
     * @param today tells whether the network has ended
     */
    static Step standing(ProviderStatus provider, Optional<ProviderTrial> trial, LocalDate today) {
        String explained = "drawbridge:providers explain " + provider.id();
        return switch (provider.state()) {
            case RUNNING -> Step.ok(PLUGIN, serving(provider, trial, today), Duration.ZERO);
            case DISABLED, UNCONFIGURED ->
                failed(PLUGIN, Reason.PROVIDER_DISABLED, "", "drawbridge:providers enable " + provider.id());
            case ENDED ->
                failed(
                        PLUGIN,
                        Reason.PROVIDER_ENDED,
                        end(provider).map(PluginSteps::text).orElse(""),
                        "config:property-set -p " + pid(provider)
                                + " evenThoughEnded true, if something else answers in its place");
            case ABSENT ->
                failed(
                        PLUGIN,
                        Reason.PROVIDER_ABSENT,
                        "",
                        "feature:install drawbridge-provider-NAME (feature:list), or put its vendor's KAR into deploy/;"
                                + " drawbridge:providers names what was refused");
            case QUARANTINED ->
                failed(
                        PLUGIN,
                        Reason.PROVIDER_FAILED,
                        "it rests for " + provider.trouble() + ", and is tried again within the hour",
                        explained + "; its vendor mends it");
            case REFUSED, WAITING -> failed(PLUGIN, Reason.PROVIDER_FAILED, provider.trouble(), explained);
        };
    }

    private static String serving(ProviderStatus provider, Optional<ProviderTrial> trial, LocalDate today) {
        StringBuilder text = new StringBuilder(provider.name());
        text.append(" is served by version ").append(provider.version());
        trial.ifPresent(tried -> text.append(", to ")
                .append(tried.percent())
                .append(" % of the users by ")
                .append(tried.version())
                .append(" on trial"));
        end(provider).ifPresent(end -> text.append("; ")
                .append(text(end))
                .append(end.date().isBefore(today) ? ", and evenThoughEnded=true lets it serve" : ""));
        return text.toString();
    }

    private static Optional<EndOfLife> end(ProviderStatus provider) {
        return provider.description().flatMap(ProviderDescription::endOfLife);
    }

    private static String text(EndOfLife end) {
        return "last day " + end.date() + ", " + end.what();
    }

    /** Returns whether the network knows what is asked for; empty while nobody knows the network. */
    static Optional<Step> ability(ProviderStatus provider, TrafficKind kind) {
        Optional<Capability> needed =
                switch (kind) {
                    case MESSAGE, IN_DIALOG -> Optional.of(Capability.MESSAGES);
                    case PRESENCE -> Optional.of(Capability.PRESENCE);
                    case CALL, OTHER -> Optional.empty();
                };
        return provider.description().map(network -> {
            boolean carried = needed.filter(network.capabilities()::contains).isPresent();
            return carried
                    ? Step.ok("ability", carries(network, needed.get()), Duration.ZERO)
                    : failed(
                            "ability",
                            Reason.NOT_FOR_FEDERATION,
                            network.name() + " carries " + new TreeSet<>(network.capabilities()),
                            "none: the network cannot do more; drawbridge:providers explain " + provider.id());
        });
    }

    private static String carries(ProviderDescription network, Capability needed) {
        return needed == Capability.MESSAGES
                ? "messages of " + network.longestMessage() + " octets at most"
                : "presence, as far as the network shows it";
    }
}
