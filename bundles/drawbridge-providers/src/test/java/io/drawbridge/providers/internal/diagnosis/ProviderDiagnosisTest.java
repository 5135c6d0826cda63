// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.diagnosis.Step.Result;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator is told of a network with accounts, for each way it can stand. */
final class ProviderDiagnosisTest implements ProviderDirectory, ProviderTrials, Policy {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:07:30.5Z");
    private static final DomainName PARROTS = DomainName.of("parrot.example");
    private static final Address ALICE = Address.of("alice@contoso.example");
    private static final Address POLLY = Address.of("polly@parrot.example");

    private final List<ProviderStatus> providers = new ArrayList<>();
    private final List<ProviderAccountStatus> accounts = new ArrayList<>();
    private final List<ProviderTrial> trials = new ArrayList<>();
    private final List<Envelope> judged = new ArrayList<>();
    private Function<Envelope, Verdict> decision = envelope -> allowed(true);
    private final ProviderDiagnosis diagnosis =
            new ProviderDiagnosis(this, this, () -> Optional.of(this), InstantSource.fixed(NOW));

    private static Verdict allowed(boolean verified) {
        return new Verdict(
                Verdict.Outcome.ALLOW,
                Reason.ALLOWED,
                List.of(),
                Optional.empty(),
                verified,
                true,
                Optional.of(new Route.Link("provider.parrot", PARROTS)));
    }

    private static ProviderDescription.Builder described() {
        return ProviderDescription.of("parrot", "Parrot net")
                .domains("parrot.example")
                .accountSettings(
                        Setting.required("nick", Setting.Type.TEXT, "Its name."),
                        Setting.optional("colour", Setting.Type.TEXT, "green", "Its colour."),
                        Setting.required(".password", Setting.Type.SECRET, "Its password."))
                .longestMessage(400);
    }

    private void provider(State state, ProviderDescription description) {
        providers.add(new ProviderStatus(
                "parrot",
                "Parrot net",
                state,
                "1.2.0",
                Set.of(PARROTS),
                (int) accounts.stream()
                        .filter(account -> account.status().equals(Optional.of(AccountStatus.ONLINE)))
                        .count(),
                accounts.size(),
                state == State.QUARANTINED ? "threw (deliver)" : "",
                Optional.of(description)));
    }

    private void running() {
        provider(State.RUNNING, described().build());
    }

    private void account(String name, Address user, AccountStatus status, String detail, Instant nextTry) {
        account(name, "io.drawbridge.provider.account~" + name, user, status, detail, nextTry);
    }

    private void account(String name, String pid, Address user, AccountStatus status, String detail, Instant nextTry) {
        accounts.add(new ProviderAccountStatus(
                "parrot",
                name,
                pid,
                Optional.ofNullable(user).map(address -> Principal.of(address.user(), address.domain())),
                Optional.ofNullable(status),
                detail,
                NOW,
                Optional.ofNullable(nextTry),
                0));
    }

    private void online() {
        account("al", ALICE, AccountStatus.ONLINE, "", null);
    }

    private List<Step> why() {
        return why(ALICE, POLLY, TrafficKind.MESSAGE).steps();
    }

    private Explanation why(Address sender, Address recipient, TrafficKind kind) {
        return diagnosis.why(sender, recipient, kind).toCompletableFuture().join();
    }

    private List<Step> tested() {
        return diagnosis.testPartner(PARROTS).toCompletableFuture().join();
    }

    private static Step step(List<Step> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + steps));
    }

    private static void fails(Step step, String detail, String remedy) {
        assertThat(step.result()).isEqualTo(Result.FAILED);
        assertThat(step.detail()).isEqualTo(detail);
        assertThat(step.remedy()).isEqualTo(remedy);
    }

    @Test
    void whatPassesShowsPluginAbilityAccountAndSignIn() {
        online();
        running();
        assertThat(diagnosis.serves(PARROTS)).isTrue();
        assertThat(diagnosis.serves(DomainName.of("other.example"))).isFalse();
        assertThat(why())
                .extracting(Step::name, Step::result, Step::detail)
                .containsExactly(
                        tuple("plug-in", "Parrot net is served by version 1.2.0"),
                        tuple("ability", "messages of 400 octets at most"),
                        tuple("account", "al of alice@contoso.example"),
                        tuple("sign-in", "al is signed in since 2026-03-01T10:00:00Z"));
    }

    private static Tuple tuple(String name, String detail) {
        return Tuple.tuple(name, Result.OK, detail);
    }

    @Test
    void aTrialIsNamedBecauseItServesSomeOfTheUsers() {
        trials.add(new ProviderTrial("parrot", "1.3.0", ProviderTrial.State.ON_TRIAL, 20, NOW, LATER, 4, 0, ""));
        running();
        assertThat(step(why(), "plug-in").detail())
                .isEqualTo("Parrot net is served by version 1.2.0, to 20 % of the users by 1.3.0 on trial");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISABLED | the provider is not enabled (this appliance's configuration)"
                        + "| drawbridge:providers enable parrot",
                "UNCONFIGURED | the provider is not enabled (this appliance's configuration)"
                        + "| drawbridge:providers enable parrot",
                "ABSENT | the provider's plug-in is not running (this appliance's configuration)"
                        + "| feature:install drawbridge-provider-NAME (feature:list), or put its vendor's KAR into"
                        + " deploy/; drawbridge:providers names what was refused",
                "QUARANTINED | the provider's plug-in failed: it rests for threw (deliver), and is tried again within"
                        + " the hour (the plug-in's vendor)"
                        + "| drawbridge:providers explain parrot; its vendor mends it"
            })
    void aPluginThatDoesNotServeIsTheFirstStepThatFails(State state, String detail, String remedy) {
        decision = envelope -> Verdict.refused(Reason.DOMAIN_NOT_ALLOWED);
        provider(state, described().build());
        fails(why().get(0), detail, remedy);
        assertThat(why().get(0).name()).isEqualTo("plug-in");
    }

    @Test
    void aNetworkThatEndedNeedsAWordOfTheAdministratorsAndSaysWhy() {
        EndOfLife end = new EndOfLife(
                LocalDate.of(2014, 6, 30), "the network closed", URI.create("https://parrot.example/end"));
        decision = envelope -> Verdict.refused(Reason.PROVIDER_ENDED);
        provider(State.ENDED, described().endOfLife(end).build());
        fails(
                step(why(), "plug-in"),
                "the provider's network has ended: last day 2014-06-30, the network closed"
                        + " (this appliance's configuration)",
                "config:property-set -p io.drawbridge.provider~parrot evenThoughEnded true, if something else answers"
                        + " in its place");
        providers.clear();
        provider(State.RUNNING, described().endOfLife(end).build());
        assertThat(step(why(), "plug-in").detail())
                .isEqualTo("Parrot net is served by version 1.2.0; last day 2014-06-30, the network closed, and"
                        + " evenThoughEnded=true lets it serve");
    }

    @Test
    void aPluginThatOnlyWaitsToBeEnabledIsNotTakenForAPartnerThatIsNotAllowed() {
        decision = envelope -> Verdict.refused(Reason.DOMAIN_NOT_ALLOWED);
        provider(State.UNCONFIGURED, described().build());
        assertThat(diagnosis.serves(PARROTS)).isTrue();
        Verdict verdict = why(ALICE, POLLY, TrafficKind.MESSAGE).verdict();
        assertThat(verdict.reason()).isEqualTo(Reason.PROVIDER_DISABLED);
        assertThat(verdict.rules()).last().satisfies(rule -> assertThat(rule.detail())
                .isEqualTo("public provider Parrot net, not configured (io.drawbridge.provider~parrot)"));
        assertThat(tested()).extracting(Step::name).containsExactly("plug-in", "account");
    }

    @Test
    void aPluginNobodyConfiguredLeavesItsDomainToThePartnerWhoHasIt() {
        provider(State.UNCONFIGURED, described().build());
        assertThat(diagnosis.serves(PARROTS)).isFalse();
    }

    @Test
    void whoHasNoAccountIsToldWhatToWriteWhere() {
        account("bo", Address.of("bob@contoso.example"), AccountStatus.ONLINE, "", null);
        running();
        fails(
                step(why(), "account"),
                "the user has no account with the provider: alice@contoso.example (this appliance's configuration)",
                "write provider = parrot, user = alice@contoso.example, nick, .password into"
                        + " etc/io.drawbridge.provider.account-alice.cfg; drawbridge:providers explain parrot tells"
                        + " what each is");
    }

    @Test
    void anAccountThatServesAllServesWhoHasNone() {
        account("parrot", null, AccountStatus.ONLINE, "", null);
        provider(State.RUNNING, described().accounts(AccountScope.SHARED).build());
        assertThat(step(why(), "account").detail()).isEqualTo("parrot serves all");
        accounts.clear();
        fails(
                step(why(), "account"),
                "the user has no account with the provider: it has none that serves all"
                        + " (this appliance's configuration)",
                "write provider = parrot, nick, .password into etc/io.drawbridge.provider.account-parrot.cfg;"
                        + " drawbridge:providers explain parrot tells what each is");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BAD_CREDENTIALS | al: the network refuses its credentials: wrong (this appliance's"
                        + " configuration) | correct them in etc/io.drawbridge.provider.account-al.cfg; it signs in as"
                        + " soon as they change",
                "MISCONFIGURED | al: a setting breaks a rule: wrong (this appliance's configuration)"
                        + "| correct it in etc/io.drawbridge.provider.account-al.cfg; it signs in as soon as that changes",
                "BLOCKED | al: the network locked it: wrong (the partner's side)"
                        + "| have the network unlock it, then save etc/io.drawbridge.provider.account-al.cfg with a change",
                "DISCONNECTED | al: it is not connected: wrong (the partner's side) | it is tried again at"
                        + " 2026-03-01T10:07:30Z; drawbridge:accounts --provider parrot shows each try",
                "CONNECTING | al: its turn to sign in comes at about 2026-03-01T10:07:30Z: wrong"
                        + " (this appliance's configuration) | wait, or let more sign in at once than the network may"
                        + " like: config:property-set -p io.drawbridge.provider~parrot logInsPerMinute NUMBER"
            })
    void anAccountThatIsNotSignedInSaysWhoseFaultThatIsAndWhatHelps(
            AccountStatus status, String detail, String remedy) {
        account("al", ALICE, status, "wrong", LATER);
        running();
        fails(step(why(), "sign-in"), detail, remedy);
        assertThat(tested()).anySatisfy(step -> fails(step, detail, remedy));
    }

    @ParameterizedTest
    @CsvSource({
        "io.drawbridge.provider~parrot, etc/io.drawbridge.provider-parrot.cfg",
        "io.drawbridge.provider.account~flock, etc/io.drawbridge.provider.account-flock.cfg"
    })
    void thePartOfAnAccountForAllThatIsOnTrialIsMendedWhereTheWholeIsConfigured(String pid, String file) {
        account("parrot, 1.3.0", pid, null, AccountStatus.BAD_CREDENTIALS, "wrong", null);
        provider(State.RUNNING, described().accounts(AccountScope.SHARED).build());
        assertThat(step(why(), "sign-in").remedy())
                .isEqualTo("correct them in " + file + "; it signs in as soon as they change");
    }

    @Test
    void anAccountWhosePluginIsAwayWaits() {
        account("al", ALICE, null, "", null);
        provider(State.ABSENT, described().build());
        assertThat(step(why(), "sign-in").result()).isEqualTo(Result.SKIPPED);
    }

    @Test
    void presenceIsRefusedByANetworkThatKnowsNone() {
        online();
        running();
        fails(
                step(why(ALICE, POLLY, TrafficKind.PRESENCE).steps(), "ability"),
                "this kind of request does not cross a federation edge: Parrot net carries [MESSAGES]"
                        + " (the sender's side)",
                "none: the network cannot do more; drawbridge:providers explain parrot");
        providers.clear();
        provider(State.RUNNING, described().capable(Capability.PRESENCE).build());
        assertThat(step(why(ALICE, POLLY, TrafficKind.PRESENCE).steps(), "ability")
                        .result())
                .isEqualTo(Result.OK);
    }

    @Test
    void whatComesInIsJudgedByTheLinkThatBringsIt() {
        online();
        running();
        decision = envelope -> allowed(false);
        Explanation explanation = why(POLLY, ALICE, TrafficKind.MESSAGE);
        assertThat(judged).last().satisfies(envelope -> {
            assertThat(envelope.direction()).isEqualTo(Direction.INBOUND);
            assertThat(envelope.origin()).contains(new Envelope.Origin("provider.parrot", Trust.STRONG));
        });
        assertThat(step(explanation.steps(), "account").detail()).isEqualTo("al of alice@contoso.example");
        assertThat(step(explanation.steps(), "recipient's consent").detail())
                .isEqualTo("the sender does not count as verified, and passes only if alice@contoso.example has added"
                        + " him");
    }

    @Test
    void aLockThatIsClosedIsAStepOfTheTest() {
        online();
        running();
        decision = envelope -> Verdict.refused(Reason.FEDERATION_OFF);
        fails(
                tested().get(0),
                "federation is switched off (this appliance's configuration)",
                "config:property-set -p io.drawbridge.edge allowFederatedUsers true");
        decision = envelope -> Verdict.refused(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
        assertThat(tested().get(0).detail())
                .isEqualTo("the provider is allowed, but by the access policy for all, the user is not enabled for"
                        + " public providers");
    }

    @Test
    void aTestCountsTheAccountsAndShowsTheFirstThatAreNotSignedIn() {
        online();
        for (int i = 0; i < 30; i++) {
            account("no" + i, Address.of("u" + i + "@contoso.example"), AccountStatus.BLOCKED, "", null);
        }
        running();
        List<Step> steps = tested();
        assertThat(step(steps, "account").detail()).isEqualTo("1 of 31 signed in");
        assertThat(steps).filteredOn(step -> step.name().equals("sign-in")).hasSize(10);
    }

    @Test
    void askedForANetworkThatIsNotThereItSaysSo() {
        assertThat(tested()).singleElement().satisfies(step -> assertThat(step.detail())
                .isEqualTo("no network with accounts has the domain parrot.example (this appliance's configuration)"));
        assertThat(why()).hasSize(1);
    }

    @Override
    public List<ProviderStatus> providers() {
        return providers;
    }

    @Override
    public List<ProviderAccountStatus> accounts() {
        return accounts;
    }

    @Override
    public List<ProviderTrial> trials() {
        return trials;
    }

    @Override
    public Optional<String> promote(String provider) {
        return Optional.empty();
    }

    @Override
    public Optional<String> takeBack(String provider) {
        return Optional.empty();
    }

    @Override
    public Verdict decide(Envelope envelope) {
        judged.add(envelope);
        return decision.apply(envelope);
    }

    @Override
    public EdgeSettings edge() {
        return new EdgeSettings(Set.of(ALICE.domain()), Optional.empty(), Set.of(), false, false, false, false, 1);
    }
}
