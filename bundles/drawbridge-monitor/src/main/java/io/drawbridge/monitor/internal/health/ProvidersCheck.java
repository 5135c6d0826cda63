// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.provider.TlsDemands;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Whether public providers serve: critical if one that is enabled does not, a warning if accounts need somebody or a plug-in
 * does what it promised not to do.
 */
@Component(property = {HealthCheck.NAME + "=providers", HealthCheck.TAGS + "=drawbridge"})
public final class ProvidersCheck implements HealthCheck {
    private static final int MOST = 20;
    private static final String SEE = "drawbridge:providers explain ";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ProviderDirectory directory;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Identities identities;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ListenerDirectory listeners;

    @Override
    public Result execute() {
        ProviderDirectory providers = directory;
        return providers == null
                ? new Report().ok("there is no host of providers").result()
                : judge(providers.providers(), providers.accounts(), shownToGateways())
                        .result();
    }

    /** Returns the identities that this edge shows outside when it speaks SIP. */
    private List<IdentityStatus> shownToGateways() {
        Identities own = identities;
        ListenerDirectory open = listeners;
        if (own == null || open == null) {
            return List.of();
        }
        Set<String> outside = open.listeners().stream()
                .filter(listener ->
                        listener.side() == Side.OUTSIDE && listener.protocol().equals("sip"))
                .map(ListenerStatus::name)
                .collect(Collectors.toSet());
        return own.identities().stream()
                .filter(identity -> identity.usedBy().stream().anyMatch(outside::contains))
                .toList();
    }

    static Report judge(
            List<ProviderStatus> providers, List<ProviderAccountStatus> accounts, List<IdentityStatus> identities) {
        Report report = new Report();
        if (providers.isEmpty()) {
            report.ok("no public provider is configured");
        }
        for (ProviderStatus provider : providers) {
            String id = provider.id();
            switch (provider.state()) {
                case RUNNING -> runs(report, provider, identities);
                case UNCONFIGURED, DISABLED -> report.ok(id + " is not enabled");
                case ENDED ->
                    report.add(
                            Level.WARNING,
                            id + " is enabled, but its network has ended",
                            "disable it, or set evenThoughEnded=true if something else answers in its place");
                case ABSENT -> report.add(Level.CRITICAL, id + " is enabled without a plug-in", "install its bundle");
                case QUARANTINED ->
                    report.add(
                            Level.CRITICAL,
                            id + " is in quarantine: " + provider.trouble(),
                            "ask its vendor; " + SEE + id);
                case WAITING -> waits(report, provider);
                case REFUSED ->
                    report.add(
                            Level.WARNING,
                            "the plug-in " + id + " may not serve: " + provider.trouble(),
                            "ask its vendor");
            }
        }
        accounts.stream()
                .filter(ProvidersCheck::needsSomebody)
                .limit(MOST)
                .forEach(account -> report.add(
                        Level.WARNING,
                        "account " + account.name() + " with " + account.provider() + ": "
                                + account.status().orElseThrow() + " " + account.detail(),
                        "mend " + account.pid()));
        return report;
    }

    private static void waits(Report report, ProviderStatus provider) {
        if (provider.trouble().isEmpty()) {
            report.ok("the plug-in " + provider.id() + " " + provider.version() + " waits: another one serves");
        } else {
            report.add(
                    Level.WARNING,
                    "the plug-in " + provider.id() + " serves nobody: " + provider.trouble(),
                    "ask its vendor");
        }
    }

    private static void runs(Report report, ProviderStatus provider, List<IdentityStatus> identities) {
        report.ok(provider.id() + " runs, " + reached(provider));
        boolean wantsClientPurpose = provider.gateway()
                .filter(gateway -> gateway.tls().clientPurpose())
                .isPresent();
        if (wantsClientPurpose
                && !identities.isEmpty()
                && identities.stream().noneMatch(IdentityStatus::clientPurpose)) {
            report.add(
                    Level.WARNING,
                    "the gateway of " + provider.id()
                            + " will refuse this edge, whose certificate has not the purpose clientAuth",
                    "ask the authority for one with both purposes, clientAuth and serverAuth");
        }
        if (!provider.trouble().isEmpty()) {
            report.add(
                    Level.WARNING,
                    "the plug-in of " + provider.id() + " broke a promise within the last hour: " + provider.trouble(),
                    "ask its vendor; the log tells more");
        }
    }

    private static String reached(ProviderStatus provider) {
        return provider.gateway()
                .map(gateway -> "reached by its gateway " + gateway.proxy() + asked(gateway.tls()))
                .orElseGet(() -> provider.online() + " of " + Report.count(provider.accounts(), "account") + " online");
    }

    /** What a gateway asks of TLS, which an administrator may have to settle with whoever runs it. */
    private static String asked(TlsDemands tls) {
        return (tls.clientPurpose() ? "; it asks for a certificate of this edge with the purpose clientAuth" : "")
                + (tls.cipherSuites().isEmpty()
                        ? ""
                        : "; it asks for " + String.join(", ", tls.cipherSuites())
                                + ", of which only what is strong is offered");
    }

    private static boolean needsSomebody(ProviderAccountStatus account) {
        return account.status().filter(status -> !status.isTriedAgain()).isPresent();
    }
}
