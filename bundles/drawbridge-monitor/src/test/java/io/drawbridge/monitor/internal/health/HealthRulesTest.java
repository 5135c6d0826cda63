// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import static org.apache.felix.hc.api.Result.Status.CRITICAL;
import static org.apache.felix.hc.api.Result.Status.OK;
import static org.apache.felix.hc.api.Result.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.LedgerStatus;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.directory.NameServerStatus;
import io.drawbridge.api.directory.NameServerStatus.State;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DomainName CONTOSO = DomainName.of("contoso.example");

    @ParameterizedTest
    @CsvSource({"400,OK", "31,OK", "30,WARN", "7,WARN", "6,CRITICAL", "0,CRITICAL", "-1,CRITICAL"})
    void anOwnCertificateIsDoubtfulWhenItShouldBeRenewedAndCriticalUnder7Days(int days, Result.Status expected) {
        assertThat(certificate(days, 30)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"29,OK", "11,OK", "10,WARN", "3,WARN", "2,CRITICAL"})
    void aCertificateThatLivesAMonthIsNotDoubtfulAllItsLife(int days, Result.Status expected) {
        assertThat(certificate(days, 10)).isEqualTo(expected);
    }

    @Test
    void aCertificateThatIsNotValidYetIsCriticalAndSaysWhy() {
        IdentityStatus future = new IdentityStatus(
                "outside",
                identity(NOW.plus(Duration.ofDays(300)), Duration.ofDays(30)).certificate(),
                Optional.empty(),
                "outside.crt begins only at 2026-03-02T00:00:00Z",
                List.of("outside"));
        Result result = CertificatesCheck.judge(List.of(future), NOW).result();
        assertThat(result.getStatus()).isEqualTo(CRITICAL);
        assertThat(result.toString()).contains("begins only at 2026-03-02T00:00:00Z");
    }

    private static Result.Status certificate(int daysLeft, int daysToRenew) {
        Instant end = NOW.plus(Duration.ofDays(daysLeft));
        return CertificatesCheck.judge(List.of(identity(end, Duration.ofDays(daysToRenew))), NOW)
                .result()
                .getStatus();
    }

    @Test
    void aCertificateProblemNamesTheIdentityAndTheCommandThatHelps() {
        Result result = CertificatesCheck.judge(
                        List.of(identity(NOW.plus(Duration.ofDays(3)), Duration.ofDays(30))), NOW)
                .result();
        assertThat(result.toString()).contains("outside expires in 3 days; drawbridge:certificates csr outside");
    }

    @Test
    void anUnusableIdentityIsCriticalOnlyIfAListenerNeedsIt() {
        IdentityStatus needed =
                new IdentityStatus("a", Optional.empty(), Optional.empty(), "a.key cannot be read", List.of("outside"));
        IdentityStatus spare =
                new IdentityStatus("b", Optional.empty(), Optional.empty(), "b.key cannot be read", List.of());
        assertThat(CertificatesCheck.judge(List.of(needed), NOW).result().getStatus())
                .isEqualTo(CRITICAL);
        assertThat(CertificatesCheck.judge(List.of(spare), NOW).result().getStatus())
                .isEqualTo(WARN);
    }

    @Test
    void withoutACertificateThereIsNoEdge() {
        assertThat(CertificatesCheck.judge(List.of(), NOW).result().getStatus()).isEqualTo(CRITICAL);
    }

    @Test
    void oneClosedListenerIsCriticalAndSaysWhy() {
        ListenerStatus open = new ListenerStatus("inside", Side.INSIDE, "sip", "10.0.0.1:5061", true, "", 2);
        ListenerStatus closed =
                new ListenerStatus("outside", Side.OUTSIDE, "sip", "0.0.0.0:5061", false, "port in use", 0);
        assertThat(ListenersCheck.judge(List.of(open)).result().getStatus()).isEqualTo(OK);
        Result result = ListenersCheck.judge(List.of(open, closed)).result();
        assertThat(result.getStatus()).isEqualTo(CRITICAL);
        assertThat(result.toString()).contains("outside", "port in use", "io.drawbridge.net.listener~outside");
        assertThat(ListenersCheck.judge(List.of()).result().getStatus()).isEqualTo(CRITICAL);
    }

    @Test
    void silentNameServersAreCriticalUnlessAnotherAnswers() {
        assertThat(dns(State.FAILS, State.FAILS)).isEqualTo(CRITICAL);
        assertThat(dns(State.FAILS, State.ANSWERS)).isEqualTo(WARN);
        assertThat(dns(State.ANSWERS, State.UNKNOWN)).isEqualTo(OK);
        assertThat(dns()).isEqualTo(WARN);
    }

    @Test
    void aHomeIsTheNextHopOrTheEmbeddedOne() {
        EdgeSettings hop = edge(Optional.of(HostPort.of("home.contoso.example:5061")));
        EdgeSettings none = edge(Optional.empty());
        assertThat(home(hop, List.of(), false)).isEqualTo(OK);
        assertThat(home(hop, List.of(peer(PeerStatus.State.UP)), false)).isEqualTo(OK);
        assertThat(home(hop, List.of(peer(PeerStatus.State.IDLE)), false)).isEqualTo(OK);
        assertThat(home(hop, List.of(peer(PeerStatus.State.DOWN)), false)).isEqualTo(CRITICAL);
        assertThat(home(none, List.of(), true)).isEqualTo(OK);
        assertThat(home(none, List.of(), false)).isEqualTo(CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({"1073741824,OK", "1073741823,WARN", "134217728,WARN", "134217727,CRITICAL", "0,CRITICAL"})
    void littleDiskIsDoubtfulUnderAGibibyteAndCriticalUnder128Mebibytes(long bytes, Result.Status expected) {
        assertThat(DiskCheck.judge("/data", bytes).result().getStatus()).isEqualTo(expected);
    }

    @Test
    void theDiskOfADirectoryIsExamined(@TempDir Path directory) {
        assertThat(new DiskCheck(directory).execute().toString()).contains("left on");
        assertThat(new DiskCheck(directory.resolve("gone")).execute().getStatus())
                .isEqualTo(CRITICAL);
    }

    @Test
    void refusedConfigurationIsAWarningThatNamesIt() {
        InvalidSetting refused = new InvalidSetting("io.drawbridge.edge", "nextHop", "::", "is a host");
        assertThat(ConfigurationCheckup.judge(List.of()).result().getStatus()).isEqualTo(OK);
        Result result = ConfigurationCheckup.judge(List.of(refused)).result();
        assertThat(result.getStatus()).isEqualTo(WARN);
        assertThat(result.toString()).contains("io.drawbridge.edge: nextHop=::: is a host");
        assertThat(ConfigurationCheckup.judge(Collections.nCopies(30, refused))
                        .result()
                        .toString())
                .contains("and 10 more");
    }

    @Test
    void aClockBeforeTheInstallationIsWrong() {
        assertThat(ClockCheck.judge(NOW, NOW.plus(Duration.ofDays(2)), Duration.ZERO)
                        .result()
                        .getStatus())
                .isEqualTo(CRITICAL);
        assertThat(ClockCheck.judge(NOW, NOW.minus(Duration.ofDays(2)), Duration.ZERO)
                        .result()
                        .getStatus())
                .isEqualTo(OK);
    }

    @Test
    void aClockThatJumpedIsDoubtfulForAnHour() {
        SteppedClock clock = new SteppedClock(NOW);
        AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
        ClockCheck check = new ClockCheck(NOW, clock, () -> passed.get().toNanos());

        assertThat(check.execute().getStatus()).isEqualTo(OK);
        pass(clock, passed, Duration.ofMinutes(5), Duration.ofMinutes(5));
        assertThat(check.execute().getStatus()).isEqualTo(OK);
        pass(clock, passed, Duration.ofMinutes(5), Duration.ofMinutes(-25));
        assertThat(check.execute().toString()).contains("jumped back 1800 seconds");
        pass(clock, passed, Duration.ofMinutes(59), Duration.ofMinutes(59));
        assertThat(check.execute().getStatus()).isEqualTo(WARN);
        pass(clock, passed, Duration.ofMinutes(2), Duration.ofMinutes(2));
        assertThat(check.execute().getStatus()).isEqualTo(OK);
    }

    private static void pass(SteppedClock clock, AtomicReference<Duration> passed, Duration truly, Duration shown) {
        passed.updateAndGet(truly::plus);
        clock.now = clock.now.plus(shown);
    }

    private static Result.Status dns(State... states) {
        return DnsCheck.judge(Arrays.stream(states)
                        .map(state -> new NameServerStatus("10.0.0.53:53", state, "why", NOW))
                        .toList())
                .result()
                .getStatus();
    }

    private static Result.Status home(EdgeSettings edge, List<PeerStatus> peers, boolean embedded) {
        return HomeCheck.judge(edge, peers, embedded).result().getStatus();
    }

    private static EdgeSettings edge(Optional<HostPort> nextHop) {
        return new EdgeSettings(Set.of(CONTOSO), nextHop, Set.of(), false, false, false, false, 4);
    }

    private static PeerStatus peer(PeerStatus.State state) {
        return new PeerStatus(
                "home.contoso.example:5061", Side.INSIDE, "sip", true, state, "why", NOW, 0, "", "", Optional.empty());
    }

    private static IdentityStatus identity(Instant notAfter, Duration renewal) {
        PeerIdentity certificate = new PeerIdentity(
                List.of(),
                List.of("sip.contoso.example"),
                Optional.empty(),
                true,
                "CN=a",
                "CN=b",
                "1",
                "f",
                "k",
                notAfter);
        return new IdentityStatus(
                "outside", Optional.of(certificate), Optional.of(notAfter.minus(renewal)), "", List.of("outside"));
    }

    /** A clock that a test sets. */
    private static final class SteppedClock extends Clock {
        private Instant now;

        SteppedClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void aLedgerThatCannotBeWrittenIsCriticalAndSaysWhatWaits() {
        Result open = LedgerCheck.judge(
                        new LedgerStatus("jdbc:h2:file:l", LedgerStatus.State.OPEN, "", NOW, 1, List.of()))
                .result();
        assertThat(open.getStatus()).isEqualTo(OK);
        assertThat(open.toString()).contains("jdbc:h2:file:l is open, 1 write waiting");
        Result failed = LedgerCheck.judge(new LedgerStatus(
                        "jdbc:h2:file:l", LedgerStatus.State.FAILED, "the disk is full", NOW, 3, List.of()))
                .result();
        assertThat(failed.getStatus()).isEqualTo(CRITICAL);
        assertThat(failed.toString())
                .contains("the disk is full", "messages do not", "check disk and database of io.drawbridge.ledger");
    }

    @Test
    void aLedgerWithARowThatCannotBeReadIsAWarningThatNamesTheRow() {
        Result result = LedgerCheck.judge(new LedgerStatus(
                        "jdbc:h2:file:l",
                        LedgerStatus.State.OPEN,
                        "",
                        NOW,
                        0,
                        List.of("rights of eve", "rights of zoe", "and 2 more")))
                .result();
        assertThat(result.getStatus()).isEqualTo(WARN);
        assertThat(result.toString())
                .contains(
                        "jdbc:h2:file:l is open",
                        "left out: rights of eve; rights of zoe; and 2 more; stop the appliance, mend or delete");
    }

    @Test
    void anXmppPartnerThatCannotBeReachedIsAWarningWithItsReason() {
        PeerStatus up = xmpp("chat.example", PeerStatus.State.UP, "");
        assertThat(XmppPartnersCheck.judge(List.of(up)).result().getStatus()).isEqualTo(OK);
        Result result = XmppPartnersCheck.judge(
                        List.of(up, xmpp("gone.example", PeerStatus.State.DOWN, "as contoso.example: nobody listens")))
                .result();
        assertThat(result.getStatus()).isEqualTo(WARN);
        assertThat(result.toString())
                .contains("gone.example (XMPP)", "nobody listens")
                .doesNotContain("chat.example");
    }

    private static PeerStatus xmpp(String domain, PeerStatus.State state, String why) {
        return new PeerStatus(
                domain + " (XMPP)", Side.OUTSIDE, "xmpp", true, state, why, NOW, 0, "", "", Optional.empty());
    }
}
