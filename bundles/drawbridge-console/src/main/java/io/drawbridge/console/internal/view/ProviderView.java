// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.GatewayStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.TlsDemands;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One public provider explained.
 *
 * @param provider the provider
 * @param trials new versions of its plug-in that are on trial or were taken back
 */
public record ProviderView(ProviderStatus provider, List<ProviderTrial> trials) implements View {
    @Override
    public String text(int width) {
        Fields fields = new Fields()
                .add("Provider", provider.id() + ", " + provider.name())
                .add("State", PeersView.word(provider.state()))
                .add("Version", provider.version())
                .add(
                        "Domains",
                        provider.domains().stream()
                                .sorted()
                                .map(DomainName::value)
                                .collect(Collectors.joining(", ")))
                .add(
                        "Accounts",
                        provider.gateway().isPresent() || provider.state() == State.UNCONFIGURED
                                ? ""
                                : provider.online() + " of " + provider.accounts() + " online")
                .add("Waits", ProvidersView.hint(provider))
                .add("Last trouble", provider.trouble());
        trials.forEach(trial -> fields.add("Version " + trial.version(), told(trial)));
        provider.gateway().ifPresent(gateway -> meet(fields, gateway));
        provider.description()
                .ifPresent(plugin -> describe(fields, plugin, provider.gateway().isPresent()));
        return fields.text(width);
    }

    private static String told(ProviderTrial trial) {
        String count = trial.errors() + " errors in " + trial.served() + " messages";
        return switch (trial.state()) {
            case ON_TRIAL ->
                "on trial for " + trial.percent() + " % of the users since " + trial.since() + ", " + count
                        + "; it serves everybody from " + trial.ends() + " if it keeps its budget of errors";
            case TAKEN_BACK -> "taken back at " + trial.since() + ": " + trial.reason();
        };
    }

    private static void meet(Fields fields, GatewayStatus gateway) {
        TlsDemands tls = gateway.tls();
        fields.add("SIP gateway", gateway.proxy() + " over mutual TLS")
                .add("Verification", PeersView.word(gateway.level()))
                .add(
                        "Decoration",
                        gateway.decoration().map(ProviderView::decoration).orElse("none"))
                .add("Certificate", tls.clientPurpose() ? "this edge's must have the purpose clientAuth" : "")
                .add(
                        "Cipher suites",
                        tls.cipherSuites().isEmpty() ? "" : "asked for " + String.join(", ", tls.cipherSuites()))
                .add("Waiting", gateway.waiting() == 0 ? "" : gateway.waiting() + " requests");
    }

    private static String decoration(Decoration decoration) {
        return "user(domain)@" + decoration.routingDomain() + ", not for "
                + decoration.excludedDomains().stream()
                        .sorted()
                        .map(DomainName::value)
                        .collect(Collectors.joining(", "));
    }

    private static String served(AccountScope scope) {
        return scope == AccountScope.USER ? "serves one user" : "serves all users";
    }

    private static void describe(Fields fields, ProviderDescription plugin, boolean isGateway) {
        fields.add("Addresses", plugin.addressForm())
                .add(
                        "Carries",
                        plugin.capabilities().stream()
                                .sorted()
                                .map(PeersView::word)
                                .collect(Collectors.joining(", ")))
                .add("One account", isGateway ? "" : served(plugin.accounts()));
        plugin.endOfLife()
                .ifPresent(end -> fields.add("End of life", end.date() + ": " + end.what() + " " + end.source()));
        fields.add("Configured in", "etc/io.drawbridge.provider-" + plugin.id() + ".cfg, with " + needed(plugin));
        if (!plugin.accountSettings().isEmpty()) {
            fields.add("Accounts in", "etc/io.drawbridge.provider.account-NAME.cfg, with provider = " + plugin.id());
        }
        settings(fields, "Setting ", plugin.settings());
        settings(fields, "Account setting ", plugin.accountSettings());
    }

    private static String needed(ProviderDescription plugin) {
        return "enabled = true" + (plugin.domains().isEmpty() ? " and domains" : "")
                + (plugin.endOfLife().isPresent()
                        ? ", and evenThoughEnded = true if something else answers in the network's place"
                        : "");
    }

    private static void settings(Fields fields, String title, List<Setting> settings) {
        for (Setting setting : settings) {
            String fallback = setting.fallback()
                    .map(value -> " Default: " + (value.isEmpty() ? "empty" : value) + ".")
                    .orElse(" Required.");
            fields.add(
                    title + setting.key(),
                    setting.description() + " It " + setting.type().rule() + "." + fallback);
        }
    }

    @Override
    public Object data() {
        return this;
    }
}
