// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import static io.drawbridge.core.internal.Configured.ALLOWED;
import static io.drawbridge.core.internal.Configured.RULING;
import static io.drawbridge.core.internal.Configured.contosoWith;
import static io.drawbridge.core.internal.Peers.dns;
import static io.drawbridge.core.internal.Peers.inbound;
import static io.drawbridge.core.internal.Peers.srv;
import static io.drawbridge.core.internal.Peers.uri;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Ruling;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import io.drawbridge.core.internal.Configured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The safeguards for discovered partners (lync-edge 6.3). */
final class DiscoverySafeguardsTest {
    private static final PeerIdentity PEER = dns("sip.fabrikam.example");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<String> kept = new ArrayList<>();
    private final DiscoverySafeguards safeguards = new DiscoverySafeguards(
            () -> now, (certificate, ruling, comment) -> kept.add(certificate + " " + ruling + " " + comment));
    private Configured edge = contosoWith("enablePartnerDiscovery", "true");

    @Test
    void aDiscoveredPartnerSendsTwentyMessagesASecond() {
        assertThat(admitted(100, "bob")).isEqualTo(20);
        pass(Duration.ofMillis(500));
        assertThat(admitted(100, "bob")).isEqualTo(10);
        int sent = 0;
        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(10));
            sent += admitted(1, "bob");
        }
        assertThat(sent).as("in ten seconds").isBetween(199, 201);
    }

    @Test
    void aRefusalNamesTheLimitAndKeepsTheRulesThatPassed() {
        admitted(20, "bob");
        Verdict verdict = admit("bob");
        assertThat(verdict.reason()).isEqualTo(Reason.RATE_EXCEEDED);
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REFUSE);
        assertThat(verdict.route()).isEmpty();
        assertThat(verdict.rules()).last().satisfies(rule -> {
            assertThat(rule.rule()).isEqualTo(Rule.SAFEGUARD);
            assertThat(rule.detail())
                    .startsWith("more than 20 messages a second")
                    .contains(PEER.fingerprint());
        });
        assertThat(safeguards.refused()).containsEntry(Reason.RATE_EXCEEDED, 1L);
    }

    @Test
    void theRateFollowsTheConfigurationAtOnce() {
        configure("discoveredPartnerStandardRate", "5");
        assertThat(admitted(100, "bob")).isEqualTo(5);
    }

    @Test
    void afterAThousandUsersTheKnownStayReachableAndOthersAreRefused() {
        reach(1000);
        pass(Duration.ofSeconds(1));
        assertThat(admit("user1000").reason()).isEqualTo(Reason.TOO_MANY_CONTACTS);
        assertThat(admit("user0").allowed()).isTrue();
        assertThat(admit("USER999").allowed())
                .as("whatever the case of the name")
                .isTrue();
        assertThat(safeguards.watchList()).singleElement().satisfies(peer -> {
            assertThat(peer.contacts()).isEqualTo(1000);
            assertThat(peer.throttling()).isEqualTo(Throttling.CONTACTS_EXHAUSTED);
        });
    }

    @Test
    void theContactsLimitCanBeLifted() {
        configure("enableDiscoveredPartnerContactsLimit", "false");
        reach(1001);
        assertThat(safeguards.watchList().get(0).throttling()).isEqualTo(Throttling.STANDARD);
    }

    @Test
    void refusedRequestsReachNobodySoTheyAddNoContacts() {
        for (int i = 0; i < 100; i++) {
            admit("user" + i);
        }
        assertThat(safeguards.watchList().get(0).contacts()).isEqualTo(20);
    }

    @Test
    void whoFailsMoreThanHalfOfTheLastFiftyTimesSendsOneMessageASecondUntilItDoesBetter() {
        answer(24, true);
        answer(25, false);
        assertThat(throttling()).isEqualTo(Throttling.STANDARD);
        answer(1, false);
        assertThat(throttling()).isEqualTo(Throttling.SUSPICIOUS);
        pass(Duration.ofSeconds(2));
        assertThat(admitted(10, "bob")).isEqualTo(1);
        assertThat(admit("bob").rules()).last().satisfies(rule -> assertThat(rule.detail())
                .startsWith("more than 1 message a second"));
        pass(Duration.ofSeconds(1));
        assertThat(admitted(10, "bob")).isEqualTo(1);
        answer(25, true);
        assertThat(throttling())
                .as("the oldest successes fell out of the window first")
                .isEqualTo(Throttling.STANDARD);
        pass(Duration.ofSeconds(2));
        assertThat(admitted(100, "bob")).isEqualTo(20);
    }

    @Test
    void aFewFailuresAreNotSuspicious() {
        answer(25, false);
        assertThat(throttling()).isEqualTo(Throttling.STANDARD);
    }

    @Test
    void oneServerIsOnePeerWhateverItsDomains() {
        Envelope other =
                inbound("x@sip.fabrikam.example", "bob@contoso.example", PEER).with(srv("sip.fabrikam.example"));
        assertThat(admitted(20, "bob")).isEqualTo(20);
        Verdict verdict = edge.snapshot().decide(other);
        assertThat(verdict.allowed()).isTrue();
        assertThat(safeguards.admit(other, verdict).reason()).isEqualTo(Reason.RATE_EXCEEDED);
        assertThat(safeguards.watchList()).singleElement().satisfies(peer -> assertThat(peer.domains())
                .hasSize(2));
    }

    @Test
    void theAllowedListLiftsEveryLimit() {
        edge.set(ALLOWED + "fabrikam.example");
        assertThat(admitted(200, "bob")).isEqualTo(200);
        assertThat(safeguards.watchList()).isEmpty();
    }

    @Test
    void whatPolicyRefusedIsNotCounted() {
        Verdict refused = contosoWith().snapshot().decide(request("bob"));
        assertThat(safeguards.admit(request("bob"), refused)).isSameAs(refused);
        assertThat(safeguards.watchList()).isEmpty();
    }

    @Test
    void anAdmittedRequestKeepsItsVerdict() {
        Verdict verdict = edge.snapshot().decide(request("bob"));
        assertThat(safeguards.admit(request("bob"), verdict)).isSameAs(verdict);
    }

    @Test
    void theAdministratorsWordOutranksTheLimitsAndIsKept() {
        assertThat(safeguards.rule(PEER.fingerprint(), Ruling.ALLOW))
                .as("a stranger")
                .isFalse();
        admitted(21, "bob");
        assertThat(safeguards.rule(PEER.fingerprint(), Ruling.ALLOW)).isTrue();
        assertThat(admitted(100, "bob")).isEqualTo(100);
        assertThat(safeguards.rule(PEER.fingerprint(), Ruling.BLOCK)).isTrue();
        assertThat(admit("bob").reason()).isEqualTo(Reason.PEER_BLOCKED);
        assertThat(safeguards.watchList()).extracting(WatchedPeer::ruling).containsExactly(Ruling.BLOCK);
        assertThat(safeguards.rule(PEER.fingerprint(), Ruling.NONE)).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(admitted(100, "bob")).isEqualTo(20);
        assertThat(kept)
                .containsExactly(
                        PEER.fingerprint() + " ALLOW " + PEER.subject(),
                        PEER.fingerprint() + " BLOCK " + PEER.subject(),
                        PEER.fingerprint() + " NONE " + PEER.subject());
    }

    @Test
    void aRulingFromConfigurationHoldsBeforeThePeerIsFirstSeen() {
        String fingerprint = "0f".repeat(32);
        edge.set(RULING + fingerprint, "ruling", "Block");
        safeguards.replace(edge.inForce().limits(), edge.inForce().rulings());
        PeerIdentity blocked = new PeerIdentity(
                PEER.sipDomains(),
                PEER.dnsNames(),
                PEER.commonName(),
                true,
                "CN=x",
                "CN=ca",
                "1",
                fingerprint,
                "00",
                PEER.notAfter());
        Envelope request = inbound("alice@fabrikam.example", "bob@contoso.example", blocked)
                .with(srv("sip.fabrikam.example"));
        assertThat(safeguards.admit(request, edge.snapshot().decide(request)).reason())
                .isEqualTo(Reason.PEER_BLOCKED);
        assertThat(safeguards.rule(fingerprint, Ruling.NONE))
                .as("known by its ruling")
                .isTrue();
    }

    @Test
    void theWorstComeFirst() {
        admitted(1, "bob");
        Envelope other = inbound("x@litware.example", "bob@contoso.example", uri("litware.example"))
                .with(srv("sip.litware.example"));
        safeguards.admit(other, edge.snapshot().decide(other));
        for (int i = 0; i < 26; i++) {
            safeguards.answered(other, false);
        }
        assertThat(safeguards.watchList())
                .extracting(WatchedPeer::throttling)
                .containsExactly(Throttling.SUSPICIOUS, Throttling.STANDARD);
    }

    @Test
    void aClockThatIsSetBackDoesNotShutAPeerOut() {
        admitted(20, "bob");
        pass(Duration.ofDays(-1));
        assertThat(admitted(100, "bob")).isEqualTo(20);
        pass(Duration.ofSeconds(1));
        assertThat(admitted(100, "bob")).isEqualTo(20);
    }

    private void configure(String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + 2);
        all[more.length] = "enablePartnerDiscovery";
        all[more.length + 1] = "true";
        edge = contosoWith(all);
        safeguards.replace(edge.inForce().limits(), edge.inForce().rulings());
    }

    private void reach(int users) {
        for (int i = 0; i < users; i++) {
            assertThat(admit("user" + i).allowed()).isTrue();
            pass(Duration.ofMillis(50));
        }
    }

    private int admitted(int times, String user) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += admit(user).allowed() ? 1 : 0;
        }
        return admitted;
    }

    private Verdict admit(String user) {
        Verdict verdict = edge.snapshot().decide(request(user));
        assertThat(verdict.allowed()).isTrue();
        return safeguards.admit(request(user), verdict);
    }

    private void answer(int times, boolean success) {
        for (int i = 0; i < times; i++) {
            admit("bob");
            safeguards.answered(request("bob"), success);
        }
    }

    private Throttling throttling() {
        return safeguards.watchList().get(0).throttling();
    }

    private static Envelope request(String user) {
        return inbound("alice@fabrikam.example", user + "@contoso.example", PEER)
                .with(srv("sip.fabrikam.example"));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
