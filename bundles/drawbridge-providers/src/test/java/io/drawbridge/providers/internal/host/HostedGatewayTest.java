// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.GatewayStatus;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.partner.NetworkAddresses.Answer;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.SipGateway;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AddressRefused;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.api.provider.TlsDemands;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers with a SIP gateway: presets and settings, two kinds kept apart, code for addresses contained, swap. */
class HostedGatewayTest {
    private static final String PID = "io.drawbridge.provider~screen";
    private static final Gateway GATEWAY = Gateway.at("gateway.screen.example")
            .verified(VerificationLevel.USE_SOURCE_VERIFICATION)
            .demanding(TlsDemands.clientPurpose("TLS_RSA_WITH_RC4_128_MD5"))
            .decorating(Decoration.at("screen.example"));

    private final Scene scene = new Scene();
    private final GatewayVendor vendor =
            new GatewayVendor(GatewayVendor.network().build(), GATEWAY);

    @AfterEach
    void end() {
        scene.close();
    }

    private Scene enabled(String... more) {
        Map<String, Object> values = new HashMap<>(Map.of("enabled", "true"));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return scene.configured(PID, values);
    }

    @Test
    void aProviderStandsAsItsPlugInPresetsAndIsNoLink() {
        scene.plugged(vendor, "1.0.0");
        enabled();

        PublicProvider provider = scene.published();
        assertThat(provider.level()).isEqualTo(VerificationLevel.USE_SOURCE_VERIFICATION);
        assertThat(provider.domains()).containsExactly(DomainName.of("screen.example"));
        SipGateway gateway = provider.gateway().orElseThrow();
        assertThat(gateway.proxy()).isEqualTo(new HostPort("gateway.screen.example", 5061));
        assertThat(gateway.decoration()).isEqualTo(GATEWAY.decoration());
        assertThat(gateway.translates()).isTrue();
        assertThat(scene.services).noneMatch(Link.class::isInstance);
    }

    @Test
    void aProviderIsOffUntilItIsEnabled() {
        scene.plugged(vendor, "1.0.0").configured(PID, Map.of());

        assertThat(scene.published().state()).isEqualTo(PublicProvider.State.DISABLED);
        assertThat(answer("Bob")).isEqualTo(Answer.refused(Reason.PROVIDER_DISABLED, Reason.PROVIDER_DISABLED.text()));
    }

    @Test
    void anOperatorPointsItAtAnotherGatewayThatSpeaksTheSame() {
        scene.plugged(vendor, "1.0.0");
        enabled(
                "proxyFqdn", "private.gateway.example",
                "proxyPort", "5071",
                "verificationLevel", "AlwaysUnverifiable",
                "domains", "screen.example,corp.example",
                "nameDecorationRoutingDomain", "screen.example",
                "nameDecorationExcludedDomainList", "other.example");

        PublicProvider provider = scene.published();
        assertThat(provider.level()).isEqualTo(VerificationLevel.ALWAYS_UNVERIFIABLE);
        assertThat(provider.domains()).hasSize(2);
        SipGateway gateway = provider.gateway().orElseThrow();
        assertThat(gateway.proxy()).isEqualTo(new HostPort("private.gateway.example", 5071));
        assertThat(gateway.decoration()).contains(Decoration.at("screen.example", "other.example"));
    }

    @Test
    void decorationCanBeSwitchedOff() {
        scene.plugged(vendor, "1.0.0");
        enabled("nameDecorationRoutingDomain", "none");
        assertThat(scene.published().gateway().orElseThrow().decoration()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "logInsPerMinute, 5, 'is not written for screen, which has a SIP gateway and no accounts'",
        "proxyFqdn, 10.0.0.1, an IP address is not a domain name",
        "nameDecorationRoutingDomain, a b, ",
        "proxyPort, 70000, ",
    })
    void aSettingThatIsWrongIsRefusedByNameAndTheLastGoodOnesStay(String key, String value, String rule) {
        scene.plugged(vendor, "1.0.0");
        enabled();
        enabled(key, value);

        assertThat(scene.host.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.pid()).isEqualTo(PID))
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.rule()).contains(rule == null ? "" : rule));
        assertThat(scene.published().gateway().orElseThrow().proxy().port()).isEqualTo(5061);
    }

    @Test
    void keysOfAGatewayAreRefusedForANetworkWithAccounts() {
        scene.plugged(new Vendor(), "1.0.0");
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "proxyFqdn", "a.example"));

        assertThat(scene.host.problems())
                .singleElement()
                .extracting(InvalidSetting::key, InvalidSetting::rule)
                .containsExactly("proxyFqdn", "is not written for parrot, which has accounts and no SIP gateway");
    }

    @Test
    void aNetworkWithAGatewayHasNoAccounts() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        scene.configured(
                "io.drawbridge.provider.account~a", Map.of("provider", "screen", "user", "alice@contoso.example"));

        assertThat(scene.host.problems())
                .singleElement()
                .extracting(InvalidSetting::key)
                .isEqualTo("provider");
    }

    @Test
    void aPlugInIsOfOneKindAndAGatewayHasNoSettingsOfItsOwn() {
        Provider neither = GatewayVendor.network()::build;
        scene.plugged(neither, "1.0.0");
        assertThat(scene.host.census().refused()).singleElement().satisfies(candidate -> assertThat(candidate.refusal())
                .isEqualTo("it is one of NativeProvider and GatewayProvider, and never both"));

        Setting own = Setting.optional("colour", Setting.Type.TEXT, "red", "Of no use.");
        scene.plugged(new GatewayVendor(GatewayVendor.network().settings(own).build(), GATEWAY), "1.0.0");
        scene.await("both to be refused", () -> scene.host.census().refused().size() == 2);

        scene.plugged(new GatewayVendor(GatewayVendor.network().build(), null), "1.0.0");
        scene.await(
                "the third to be refused", () -> scene.host.census().refused().size() == 3);
    }

    @Test
    void codeIsAskedOnceForAnAddressAndSeesItUnescaped() {
        scene.plugged(vendor, "1.0.0");
        enabled();

        assertThat(answer("Bob%20The%20Cat").address()).contains(address("bobthecat"));
        assertThat(answer("Bob%20The%20Cat").address()).contains(address("bobthecat"));
        assertThat(vendor.asked).hasValue(1);
    }

    @Test
    void whatCodeDoesNotChangeStaysAsItWasEscaped() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        assertThat(answer("b%6fb").address()).contains(address("b%6fb"));
        assertThat(outcome(scene.host.addresses().fromNetwork("screen", address("b%2Fb")))
                        .address())
                .contains(address("b%2Fb"));
    }

    @ParameterizedTest
    @CsvSource({
        "7up, a screen name begins with a letter",
        "b%zz, two hexadecimal digits follow each %",
        "%C0, not UTF-8"
    })
    void anAddressWithoutAFormIsRefusedWithTheRule(String user, String rule) {
        scene.plugged(vendor, "1.0.0");
        enabled();
        assertThat(answer(user).reason()).isEqualTo(Reason.ADDRESS_UNKNOWN_THERE);
        assertThat(answer(user).detail()).contains(rule);
    }

    @Test
    void codeThatAnswersAStrangeDomainOrNothingOrThrowsIsContained() {
        GatewayVendor bad = new GatewayVendor(GatewayVendor.network().build(), GATEWAY) {
            @Override
            public Address toNetwork(Address written) {
                return switch (written.user()) {
                    case "nothing" -> null;
                    case "strange" -> Address.of("ceo@contoso.example");
                    default -> throw new IllegalStateException("bug");
                };
            }
        };
        scene.plugged(bad, "1.0.0");
        enabled();
        for (String user : new String[] {"nothing", "strange", "throws"}) {
            assertThat(answer(user).reason()).as(user).isEqualTo(Reason.PROVIDER_FAILED);
        }
    }

    @Test
    void codeThatBlocksIsNotWaitedForLongerThanASecond() {
        GatewayVendor.Blocking stuck =
                new GatewayVendor.Blocking(GatewayVendor.network().build(), GATEWAY);
        scene.plugged(stuck, "1.0.0");
        enabled("threads", "1");
        CompletableFuture<Answer> answer =
                scene.host.addresses().toNetwork("screen", address("bob")).toCompletableFuture();
        scene.time.pass(Duration.ofMillis(1100));

        assertThat(outcome(answer).reason()).isEqualTo(Reason.PROVIDER_FAILED);
        stuck.go.countDown();
    }

    @Test
    void codeThatGoesOnBlockingRestsAndHoldsNoMoreThreadsThanItHasHoweverManyRestsPass() {
        GatewayVendor.Blocking stuck =
                new GatewayVendor.Blocking(GatewayVendor.network().build(), GATEWAY);
        scene.plugged(stuck, "1.0.0");
        enabled("threads", "2");
        for (int i = 0; i < 30; i++) {
            ask("bob" + i);
            ask("ann" + i);
            scene.await("both threads to stand still", () -> stuck.blocked.get() == 2);
            scene.time.pass(Duration.ofSeconds(3));
            assertThat(status().state()).isEqualTo(ProviderStatus.State.QUARANTINED);
            scene.time.pass(Duration.ofMinutes(61));
        }
        assertThat(answer("Bob").reason()).isEqualTo(Reason.PROVIDER_FAILED);
        assertThat(stuck.blocked).hasValue(2);

        stuck.go.countDown();
        scene.await("the end of the rest", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return status().state() == ProviderStatus.State.RUNNING;
        });
        assertThat(answer("Bob").address()).contains(address("bob"));
    }

    @Test
    void whoMisbehavesWhileItLeavesDoesNotSendItsSuccessorToRest() {
        GatewayVendor.Blocking leaving =
                new GatewayVendor.Blocking(GatewayVendor.network().build(), GATEWAY) {
                    @Override
                    public Address toNetwork(Address written) throws AddressRefused {
                        super.toNetwork(written);
                        throw new IllegalStateException("planted");
                    }
                };
        scene.plugged(leaving, "1.0.0");
        enabled();
        List<CompletableFuture<Answer>> asked = IntStream.range(0, 20)
                .mapToObj(number -> ask("user" + number).toCompletableFuture())
                .toList();
        scene.unplugged(leaving);
        scene.plugged(vendor, "1.1.0");
        leaving.go.countDown();
        asked.forEach(each -> assertThat(outcome(each).reason()).isEqualTo(Reason.PROVIDER_FAILED));
        scene.time.pass(Duration.ofMillis(1));
        assertThat(status().state()).isEqualTo(ProviderStatus.State.RUNNING);
        assertThat(answer("Bob").address()).contains(address("bob"));
    }

    @Test
    void aDomainThatIsTakenAwayIsNoLongerAnsweredFromMemory() {
        scene.plugged(vendor, "1.0.0");
        enabled("domains", "screen.example,corp.example");
        GatewayVendor other = new GatewayVendor(GatewayVendor.network().build(), GATEWAY) {
            @Override
            public Address toNetwork(Address written) {
                return new Address(written.user(), DomainName.of("corp.example"));
            }
        };
        finished(scene.unplugged(vendor));
        scene.plugged(other, "1.1.0");
        assertThat(answer("bob").address()).contains(Address.of("bob@corp.example"));

        enabled("domains", "screen.example");
        assertThat(answer("bob").reason()).isEqualTo(Reason.PROVIDER_FAILED);
    }

    @Test
    void aRequestWaitsForAPlugInThatIsReplacedAndIsAnsweredByTheNewOne() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        finished(scene.unplugged(vendor));
        CompletableFuture<Answer> waiting =
                scene.host.addresses().toNetwork("screen", address("Bob")).toCompletableFuture();
        assertThat(waiting).isNotDone();
        assertThat(status().gateway().map(GatewayStatus::waiting)).contains(1);

        Gateway moved = Gateway.at("new.screen.example");
        scene.plugged(new GatewayVendor(GatewayVendor.network().build(), moved), "1.1.0");

        assertThat(outcome(waiting).address()).contains(address("bob"));
        scene.await(
                "the new gateway",
                () -> scene.published().gateway().orElseThrow().proxy().host().equals("new.screen.example"));
    }

    @Test
    void aRequestInTheVeryMomentOfASwapWaitsForTheNewOne() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        // It has found the plug-in, and not asked it yet.
        scene.time.whenAsked(() -> finished(scene.unplugged(vendor)));
        CompletableFuture<Answer> waiting = ask("Bob").toCompletableFuture();
        assertThat(waiting).isNotDone();

        GatewayVendor next = new GatewayVendor(GatewayVendor.network().build(), GATEWAY);
        scene.plugged(next, "1.1.0");
        assertThat(outcome(waiting).address()).contains(address("bob"));
        assertThat(vendor.asked).hasValue(0);
        assertThat(next.asked).hasValue(1);
    }

    @Test
    void aRequestDoesNotWaitLongForAPlugInThatIsGone() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        finished(scene.unplugged(vendor));
        CompletableFuture<Answer> waiting =
                scene.host.addresses().toNetwork("screen", address("Bob")).toCompletableFuture();
        scene.time.pass(HostedGateway.PATIENCE.plusMillis(1));

        assertThat(outcome(waiting).reason()).isEqualTo(Reason.PROVIDER_ABSENT);
        assertThat(answer("Bob").reason()).isEqualTo(Reason.PROVIDER_ABSENT);
        assertThat(scene.published().gateway()).as("what it said stays known").isPresent();
        assertThat(status().state()).isEqualTo(ProviderStatus.State.ABSENT);
    }

    @Test
    void aRequestDoesNotWaitLongerWhenTheClockIsSetBackMeanwhile() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        finished(scene.unplugged(vendor));
        CompletableFuture<Answer> waiting = ask("Bob").toCompletableFuture();
        scene.time.setBack(Duration.ofSeconds(2));
        scene.time.pass(HostedGateway.PATIENCE.plusMillis(1));

        assertThat(waiting).isDone();
        assertThat(outcome(waiting).reason()).isEqualTo(Reason.PROVIDER_ABSENT);
        assertThat(ask("Bob").toCompletableFuture()).isDone();
    }

    @Test
    void whatWasAskedOfAPlugInThatLeavesIsAnsweredByItself() {
        GatewayVendor.Blocking slow =
                new GatewayVendor.Blocking(GatewayVendor.network().build(), GATEWAY);
        scene.plugged(slow, "1.0.0");
        enabled();
        CompletableFuture<Answer> answer =
                scene.host.addresses().toNetwork("screen", address("Bob")).toCompletableFuture();
        CompletableFuture<Void> leaving = scene.unplugged(slow);
        scene.await("the plug-in to leave", () -> status().state() == ProviderStatus.State.ABSENT);
        assertThat(leaving).isNotDone();
        slow.go.countDown();

        assertThat(outcome(answer).address()).contains(address("bob"));
        finished(leaving);
    }

    @Test
    void pastItsEndItTakesPartOnlyAtTheAdministratorsWord() {
        EndOfLife end = new EndOfLife(LocalDate.of(2000, 1, 1), "It ended.", URI.create("https://screen.example/end"));
        scene.plugged(new GatewayVendor(GatewayVendor.network().endOfLife(end).build(), GATEWAY), "1.0.0");
        enabled();
        assertThat(scene.published().state()).isEqualTo(PublicProvider.State.ENDED);
        assertThat(answer("Bob").reason()).isEqualTo(Reason.PROVIDER_ENDED);

        enabled("evenThoughEnded", "true");
        assertThat(scene.published().state()).isEqualTo(PublicProvider.State.ENABLED);
        assertThat(answer("Bob").address()).contains(address("bob"));
    }

    @Test
    void peopleAreShownHowTheGatewayIsMet() {
        scene.plugged(vendor, "1.0.0");
        enabled();
        assertThat(status().gateway())
                .contains(new GatewayStatus(
                        GATEWAY.proxy(),
                        VerificationLevel.USE_SOURCE_VERIFICATION,
                        GATEWAY.decoration(),
                        GATEWAY.tls(),
                        0));
        assertThat(status().state()).isEqualTo(ProviderStatus.State.RUNNING);
    }

    private ProviderStatus status() {
        return scene.directory.providers().stream()
                .filter(status -> status.id().equals("screen"))
                .findFirst()
                .orElseThrow();
    }

    private Answer answer(String user) {
        return outcome(ask(user));
    }

    private CompletionStage<Answer> ask(String user) {
        return scene.host.addresses().toNetwork("screen", address(user));
    }

    private Answer outcome(CompletionStage<Answer> answer) {
        CompletableFuture<Answer> future = answer.toCompletableFuture();
        scene.await("an answer", future::isDone);
        return future.join();
    }

    private void finished(CompletableFuture<Void> leaving) {
        scene.await("the plug-in to have left", leaving::isDone);
    }

    private static Address address(String user) {
        return new Address(user, DomainName.of("screen.example"));
    }
}
