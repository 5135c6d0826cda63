// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.account.AccountStanding;
import io.drawbridge.providers.internal.admission.Admission;
import io.drawbridge.providers.internal.admission.Refusal;
import io.drawbridge.providers.internal.configuration.RefusedAccount;
import io.drawbridge.providers.internal.plugin.Conduct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Shows the host to people and programs. */
public final class Directory implements ProviderDirectory, ProviderTrials, MetricSource {
    private final Host host;
    private final Admission admission;

    /** Shows a host, and the plug-ins that never came to it. */
    public Directory(Host host, Admission admission) {
        this.host = host;
        this.admission = admission;
    }

    @Override
    public List<ProviderStatus> providers() {
        List<ProviderStatus> all = new ArrayList<>();
        Set<String> configured = new HashSet<>();
        for (HostedProvider provider : host.providers()) {
            configured.add(provider.id());
            all.add(status(provider));
        }
        for (HostedGateway gateway : host.gateways()) {
            configured.add(gateway.id());
            all.add(gateway.status());
        }
        Host.Census census = host.census();
        census.chosen().stream()
                .filter(offer -> !configured.contains(offer.description().id()))
                .map(Directory::unconfigured)
                .forEach(all::add);
        census.refused().stream().map(Directory::refused).forEach(all::add);
        census.surplus().forEach(candidate -> all.add(waiting(candidate, census)));
        admission.refused().stream().map(Directory::notAdmitted).forEach(all::add);
        all.sort(Comparator.comparing(ProviderStatus::id));
        return all;
    }

    private static ProviderStatus status(HostedProvider provider) {
        List<AccountStanding> accounts = provider.standings();
        return new ProviderStatus(
                provider.id(),
                provider.name(),
                provider.state(),
                provider.version(),
                provider.domains(),
                count(accounts, AccountStatus.ONLINE),
                accounts.size(),
                provider.conduct().trouble(),
                provider.description());
    }

    private static int count(List<AccountStanding> accounts, AccountStatus status) {
        return (int) accounts.stream()
                .filter(account -> account.status().filter(status::equals).isPresent())
                .count();
    }

    private static ProviderStatus unconfigured(Offer offer) {
        return new ProviderStatus(
                offer.description().id(),
                offer.description().name(),
                State.UNCONFIGURED,
                offer.version(),
                offer.description().domains(),
                0,
                0,
                "",
                Optional.of(offer.description()));
    }

    private static ProviderStatus waiting(Plugins.Candidate candidate, Host.Census census) {
        Optional<ProviderTrial> failed = candidate
                .offer()
                .map(census.takenBack()::get)
                .filter(Host.TakenBack::failed)
                .map(Host.TakenBack::report);
        return aside(
                candidate.bundle(),
                State.WAITING,
                candidate.version(),
                failed.map(trial -> "version " + trial.version() + " is taken back: " + trial.reason())
                        .orElse(""),
                candidate.offer().map(Offer::description));
    }

    private static ProviderStatus refused(Plugins.Candidate candidate) {
        return aside(candidate.bundle(), State.REFUSED, candidate.version(), candidate.refusal(), Optional.empty());
    }

    private static ProviderStatus notAdmitted(Refusal refusal) {
        return aside(refusal.bundle(), State.REFUSED, refusal.version(), refusal.why(), Optional.empty());
    }

    /** A plug-in that serves nobody, by the name of its bundle. */
    private static ProviderStatus aside(
            String bundle, State state, String version, String trouble, Optional<ProviderDescription> description) {
        return new ProviderStatus(bundle, bundle, state, version, Set.of(), 0, 0, trouble, description);
    }

    @Override
    public List<ProviderAccountStatus> accounts() {
        return Stream.concat(
                        host.providers().stream().flatMap(provider -> provider.standings().stream()
                                .map(account -> account(provider.id(), account))),
                        host.refusedAccounts().entrySet().stream()
                                .map(refused -> account(refused.getKey(), refused.getValue())))
                .sorted(Comparator.comparing(ProviderAccountStatus::provider)
                        .thenComparing(ProviderAccountStatus::name))
                .toList();
    }

    private static ProviderAccountStatus account(String provider, AccountStanding account) {
        return new ProviderAccountStatus(
                provider,
                account.settings().name(),
                account.pid(),
                account.settings().user(),
                account.status(),
                account.detail(),
                account.since(),
                account.nextTry(),
                account.waiting());
    }

    private static ProviderAccountStatus account(RefusedAccount account, Instant since) {
        return new ProviderAccountStatus(
                account.provider(),
                account.name(),
                account.pid(),
                account.user(),
                Optional.of(AccountStatus.MISCONFIGURED),
                account.why(),
                since,
                Optional.empty(),
                0);
    }

    @Override
    public List<ProviderTrial> trials() {
        return Stream.concat(
                        host.providers().stream().flatMap(provider -> trial(provider).stream()),
                        host.census().takenBack().values().stream().map(Host.TakenBack::report))
                .sorted(Comparator.comparing(ProviderTrial::provider).thenComparing(ProviderTrial::version))
                .toList();
    }

    private static Optional<ProviderTrial> trial(HostedProvider provider) {
        return provider.trial().map(trial -> trial.report(provider.id()));
    }

    @Override
    public Optional<String> promote(String provider) {
        return host.promote(provider);
    }

    @Override
    public Optional<String> takeBack(String provider) {
        return host.takeBack(provider);
    }

    @Override
    public void collect(MetricSink sink) {
        for (ProviderTrial trial : trials()) {
            gauge(sink, trial, "messages", trial.served());
            gauge(sink, trial, "errors", trial.errors());
        }
        for (HostedProvider provider : host.providers()) {
            List<AccountStanding> accounts = provider.standings();
            for (AccountStatus status : AccountStatus.values()) {
                gauge(sink, provider, status.name().toLowerCase(Locale.ROOT), count(accounts, status));
            }
            long without = accounts.stream()
                    .filter(account -> account.status().isEmpty())
                    .count();
            gauge(sink, provider, "without_plugin", without);
            sink.gauge(
                    "drawbridge_provider_messages_waiting",
                    "Messages that wait for an account to sign in",
                    accounts.stream().mapToInt(AccountStanding::waiting).sum(),
                    "provider",
                    provider.id());
            sink.gauge(
                    "drawbridge_provider_logins_waiting",
                    "Accounts that wait for their turn to sign in",
                    provider.logIns().waiting(),
                    "provider",
                    provider.id());
            collectMessages(sink, provider);
        }
        host.gateways().forEach(gateway -> collect(sink, gateway));
    }

    private static void collect(MetricSink sink, HostedGateway gateway) {
        gateway.answers()
                .collect(
                        sink,
                        "drawbridge_provider_addresses",
                        "How often it was asked what somebody is called on a network, by what came of it",
                        gateway.id());
        collectConduct(sink, gateway.id(), gateway.conduct());
    }

    private static void gauge(MetricSink sink, HostedProvider provider, String status, long number) {
        sink.gauge(
                "drawbridge_provider_accounts",
                "Accounts with public providers, by how they stand",
                (double) number,
                "provider",
                provider.id(),
                "status",
                status);
    }

    private static void gauge(MetricSink sink, ProviderTrial trial, String what, long number) {
        sink.gauge(
                "drawbridge_provider_trial",
                "Messages and errors of a plug-in's new version since its trial began",
                (double) number,
                "provider",
                trial.provider(),
                "version",
                trial.version(),
                "state",
                trial.state().name().toLowerCase(Locale.ROOT),
                "what",
                what);
    }

    private static void collectMessages(MetricSink sink, HostedProvider provider) {
        provider.deliveries()
                .collect(
                        sink,
                        "drawbridge_provider_deliveries",
                        "Messages of own users to public providers, by what became of them",
                        provider.id());
        provider.arrivals()
                .collect(
                        sink,
                        "drawbridge_provider_arrivals",
                        "Messages from public providers, by what became of them",
                        provider.id());
        collectConduct(sink, provider.id(), provider.conduct());
    }

    private static void collectConduct(MetricSink sink, String provider, Conduct conduct) {
        conduct.counts()
                .forEach((kind, count) -> sink.counter(
                        "drawbridge_provider_misbehaviour",
                        "What plug-ins did that they promised not to do",
                        (double) count,
                        "provider",
                        provider,
                        "kind",
                        Objects.toString(kind).toLowerCase(Locale.ROOT)));
    }
}
