// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import static io.drawbridge.core.internal.Configured.ACCESS;
import static io.drawbridge.core.internal.Configured.BLOCKED;
import static io.drawbridge.core.internal.Configured.XMPP;
import static io.drawbridge.core.internal.Configured.contoso;
import static io.drawbridge.core.internal.Peers.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.PublicProvider.State;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.core.internal.Configured;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public providers obey the two locks, their state and their verification level (lync-edge 2.3, 6.4, 7, 9). */
final class PublicProviderTest {
    private static final String PID = "io.drawbridge.provider~echo";
    private static final String US = "bob@contoso.example";
    private static final String THEM = "ann@echo.example";

    @Test
    void aMessageToAProviderGoesToItsLinkAndCountsAsPublicIm() {
        Verdict verdict = open().snapshot().decide(outbound(US, THEM));
        assertThat(verdict.route()).contains(new Route.Link("provider.echo", DomainName.of("echo.example")));
        assertThat(verdict.publicCloud()).isTrue();
    }

    @Test
    void aMessageFromAProviderComesHomeFromItsOwnLinkOnly() {
        assertThat(open().snapshot().decide(by("provider.echo")).allowed()).isTrue();
        assertThat(open().snapshot().decide(by("xmpp")).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
        assertThat(open().snapshot().decide(by("provider.other")).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
    }

    @Test
    void aUserWithoutTheSecondLockOpenTalksToNoProviderAndIsToldWhichFlag() {
        Configured edge = contoso().offering(echo(State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE));
        Verdict verdict = edge.snapshot().decide(outbound(US, THEM));
        assertThat(verdict.reason()).isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
        assertThat(verdict.rules().get(verdict.rules().size() - 1).detail()).contains("enablePublicCloudAccess=false");
        assertThat(edge.snapshot().decide(by("provider.echo")).reason())
                .isEqualTo(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED, PROVIDER_DISABLED", "ENDED, PROVIDER_ENDED"})
    void nothingPassesAProviderThatTakesNoPart(State state, Reason reason) {
        Configured edge = open().offering(echo(state, VerificationLevel.ALWAYS_VERIFIABLE));
        assertThat(edge.snapshot().decide(outbound(US, THEM)).reason()).isEqualTo(reason);
        assertThat(edge.snapshot().decide(by("provider.echo")).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"ALWAYS_VERIFIABLE, true", "ALWAYS_UNVERIFIABLE, false", "USE_SOURCE_VERIFICATION, false"})
    void theVerificationLevelSaysWhetherItsUsersCountAsVerified(VerificationLevel level, boolean verified) {
        Configured edge = open().offering(echo(State.ENABLED, level));
        assertThat(edge.snapshot().decide(by("provider.echo")).verified()).isEqualTo(verified);
    }

    @Test
    void aDomainOnAnotherListIsRefusedWithTheProvidersPidAndItsOtherDomainsStay() {
        Configured edge = contoso()
                .set(BLOCKED + "echo.example")
                .offering(new PublicProvider(
                        PID,
                        "echo",
                        "Echo",
                        Set.of(DomainName.of("echo.example"), DomainName.of("more.example")),
                        State.ENABLED,
                        VerificationLevel.ALWAYS_VERIFIABLE));
        assertThat(edge.problems()).singleElement().satisfies(problem -> assertThat(problem.getMessage())
                .startsWith(PID + ": domains=echo.example: is blocked already"));
        assertThat(edge.snapshot().translated()).containsOnlyKeys(DomainName.of("more.example"));
    }

    @Test
    void aProviderIsNoXmppPartner() {
        Configured edge = open().set(XMPP + "chat.example");
        PolicyInForce policy = new PolicyInForce();
        policy.replace(edge.snapshot());
        assertThat(new PartnersInForce(policy).all()).hasSize(1);
        assertThat(new PartnersInForce(policy).of(DomainName.of("echo.example")))
                .isEmpty();
    }

    @Test
    void whatOnlyItsHostCanReadIsNotJudgedHere() {
        assertThat(open().check(Map.of(PID, Optional.of(Map.of("enabled", "nonsense")))))
                .isEmpty();
    }

    private static Configured open() {
        return contoso()
                .set(ACCESS + "global", "enablePublicCloudAccess", "true")
                .offering(echo(State.ENABLED, VerificationLevel.ALWAYS_VERIFIABLE));
    }

    private static PublicProvider echo(State state, VerificationLevel level) {
        return new PublicProvider(PID, "echo", "Echo", Set.of(DomainName.of("echo.example")), state, level);
    }

    private static Envelope by(String link) {
        return Envelope.of(Direction.INBOUND, Address.of(THEM), Address.of(US), TrafficKind.MESSAGE)
                .by(link, Trust.STRONG);
    }
}
