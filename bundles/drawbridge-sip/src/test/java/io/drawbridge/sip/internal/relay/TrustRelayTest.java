// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.header;
import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.policy.WatchedPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge believes of whom, what it takes away, and what it adds. */
class TrustRelayTest {
    private static final String FROM_OUTSIDE =
            """
            MESSAGE sip:ann@contoso.example SIP/2.0
            Via: SIP/2.0/TLS sip.fabrikam.example:5061;branch=z9hG4bKout1
            Max-Forwards: 70
            From: <sip:bob@fabrikam.example>;tag=b1
            To: <sip:ann@contoso.example>
            Call-ID: o1@fabrikam.example
            CSeq: 1 MESSAGE
            """;

    private final RelayHarness harness = new RelayHarness();
    private final TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
    private final TestPeer home = harness.opened(Side.INSIDE, "pool.contoso.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ms-edge-proxy-message-trust: ms-source-type=InternetUser;ms-source-verified-user=verified",
                "ms-asserted-verification-level: ms-source-verified-user=verified",
                "ms-user-data: ms-federation=true",
                "ms-diagnostics: 1;reason=\"x\"",
                "P-Asserted-Identity: <sip:boss@contoso.example>",
                "P-Preferred-Identity: <sip:boss@contoso.example>",
                "Remote-Party-ID: <sip:boss@contoso.example>"
            })
    void whatClaimsTrustIsRemovedFromOutside_interworking_1_12(String claim) {
        partner.sends(FROM_OUTSIDE + claim + "\n");

        assertThat(home.gets("MESSAGE")).doesNotContain(claim);
        assertThat(harness.counters.count(RelayCounters.Count.STRIPPED_INBOUND)).isEqualTo(1);
    }

    @Test
    void theEdgeVouchesForWhoSendsFromOutside_interworking_3_13() {
        partner.sends(FROM_OUTSIDE);

        assertThat(headers(home.gets(), "ms-edge-proxy-message-trust"))
                .containsExactly("ms-source-type=AutoFederation;ms-ep-fqdn=edge-int.contoso.example"
                        + ";ms-source-verified-user=verified;ms-source-network=federation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ms-user-data: ms-federation=true",
                "ms-subnet: 10.0.0.0",
                "ms-endpoint-location-data: NetworkScope",
                "ms-telemetry-id: 1",
                "P-Asserted-Identity: <tel:+15550100>",
                "History-Info: <sip:x@contoso.example>;index=1"
            })
    void whatIsPrivateDoesNotGoOutside_interworking_3_3(String secret) {
        TestPeer client = harness.accepted(Side.INSIDE, "pool.contoso.example");
        TestPeer outside = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        client.sends(MessageRelayTest.MESSAGE.replace("X-Unknown", secret + "\nX-Unknown"));

        assertThat(outside.gets("MESSAGE")).doesNotContain(secret);
    }

    @Test
    void ownSendersAreMarkedVerifiedWhenConfigured() {
        TestPeer client = harness.accepted(Side.INSIDE, "pool.contoso.example");
        TestPeer outside = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        client.sends(MessageRelayTest.MESSAGE);
        assertThat(header(outside.gets(), "ms-asserted-verification-level"))
                .isEqualTo("ms-source-verified-user=verified");

        harness.edge = RelayHarness.edge(false, false, false);
        client.sends(MessageRelayTest.MESSAGE.replace("bKhome1", "bKhome2"));
        assertThat(headers(outside.gets(), "ms-asserted-verification-level")).isEmpty();
    }

    @Test
    void diagnosticsOfAPartnerStayOutsideAndPeopleInsideLearnWhereItFailed_lyncEdge_6_7() {
        TestPeer client = harness.accepted(Side.INSIDE, "pool.contoso.example");
        TestPeer outside = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        client.sends(MessageRelayTest.MESSAGE);
        outside.answers(outside.gets(), 404, "Not Found", "ms-diagnostics: 1003;reason=\"internal\"\n");

        assertThat(headers(client.gets("SIP/2.0 404"), "ms-diagnostics"))
                .singleElement()
                .asString()
                .startsWith("1034;")
                .contains("Domain=\"fabrikam.example\"");
    }

    @Test
    void ownDiagnosticsGoOutsideOnlyIfConfigured_interworking_1_14() {
        String toNobody = FROM_OUTSIDE.replace("From: <sip:bob@fabrikam", "From: <sip:bob@blocked");
        partner.sends(toNobody);
        assertThat(partner.gets("SIP/2.0 403")).doesNotContain("ms-diagnostics");

        harness.edge = RelayHarness.edge(false, true, true);
        partner.sends(toNobody.replace("bKout1", "bKout2"));
        String told = partner.gets("SIP/2.0 403");
        assertThat(header(told, "ms-diagnostics-public")).startsWith("1002;");
        assertThat(headers(told, "ms-diagnostics")).isEmpty();
    }

    @Test
    void outsideNeverReachesOutside() {
        partner.sends(FROM_OUTSIDE.replace("sip:ann@contoso", "sip:eve@elsewhere"));

        partner.gets("SIP/2.0 404");
        home.getsNothing();
    }

    @Test
    void aStrangerInsideIsNotWelcome() {
        TestPeer stranger = harness.accepted(Side.INSIDE, "laptop.contoso.example");

        assertThat(stranger.isOpen()).isFalse();
        assertThat(harness.counters.count(RelayCounters.Count.CONNECTION_NOT_HOME))
                .isEqualTo(1);
    }

    @Test
    void aServerThatIsNoLongerTheHomesIsClosedBeforeItSendsAgain() {
        TestPeer former = harness.accepted(Side.INSIDE, "pool.contoso.example");
        harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        harness.edge = new io.drawbridge.api.policy.EdgeSettings(
                java.util.Set.of(RelayHarness.OWN),
                Optional.of(new HostPort("pool2.contoso.example", 5061)),
                java.util.Set.of("pool2.contoso.example"),
                false,
                false,
                false,
                false,
                1);
        former.sends(MessageRelayTest.MESSAGE);

        former.getsNothing();
        assertThat(former.isOpen()).isFalse();
        assertThat(harness.counters.inFlight()).isZero();
    }

    @Test
    void aPeerWithoutACertificateIsNotWelcome() {
        assertThat(harness.accepted(Side.OUTSIDE, "").isOpen()).isFalse();
    }

    @Test
    void theHomesStampIsReadOnlyIfTrusted_lyncEdge_6_5() {
        List<Envelope> seen = new ArrayList<>();
        harness.policy = harness.policy.map(list -> new io.drawbridge.api.policy.Policy() {
            @Override
            public Verdict decide(Envelope envelope) {
                seen.add(envelope);
                return list.decide(envelope);
            }

            @Override
            public io.drawbridge.api.policy.EdgeSettings edge() {
                return harness.edge;
            }
        });
        TestPeer client = harness.accepted(Side.INSIDE, "pool.contoso.example");
        String stamped = MessageRelayTest.MESSAGE.replace(
                "X-Unknown", "ms-user-data: ms-publiccloud=true;ms-federation=false\nX-Unknown");
        client.sends(stamped);
        harness.edge = RelayHarness.edge(false, false, true);
        client.sends(stamped.replace("bKhome1", "bKhome2"));

        assertThat(seen.get(0).userData().orElseThrow().publicCloud()).isTrue();
        assertThat(seen.get(0).userData().orElseThrow().federation()).isFalse();
        assertThat(seen.get(1).userData()).isEmpty();
    }

    @Test
    void aFederationRecordIsLookedUpWhenPolicyNeedsItAndTheRequestGoesOn() {
        DomainName domain = DomainName.of("discovered.example");
        partner.sends(FROM_OUTSIDE.replace("fabrikam", "discovered"));
        home.getsNothing();
        harness.locator
                .asked
                .get(domain)
                .complete(new FederationRecord(
                        FederationRecord.Status.FOUND, List.of(new HostPort("sip.discovered.example", 5061)), "found"));

        home.gets("MESSAGE");
    }

    @Test
    void aLookUpThatHangsIsAnsweredInTime() {
        partner.sends(FROM_OUTSIDE.replace("fabrikam", "discovered"));
        harness.advance(31);

        partner.gets("SIP/2.0 504");
    }

    @Test
    void safeguardsHaveTheLastWordAndLearnTheOutcome_lyncEdge_6_3() {
        List<Boolean> outcomes = new ArrayList<>();
        harness.safeguards = Optional.of(new OneMessageOnly(outcomes));
        partner.sends(FROM_OUTSIDE);
        home.answers(home.gets(), 404, "Not Found");
        partner.gets("SIP/2.0 404");
        partner.sends(FROM_OUTSIDE.replace("bKout1", "bKout2"));

        partner.gets("SIP/2.0 480");
        assertThat(outcomes).containsExactly(false);
    }

    /** Admits one request. */
    private static final class OneMessageOnly implements Safeguards {
        private final List<Boolean> outcomes;
        private int admitted;

        OneMessageOnly(List<Boolean> outcomes) {
            this.outcomes = outcomes;
        }

        @Override
        public Verdict admit(Envelope envelope, Verdict verdict) {
            admitted++;
            return admitted == 1
                    ? verdict
                    : new Verdict(
                            Verdict.Outcome.REFUSE,
                            Reason.RATE_EXCEEDED,
                            List.of(),
                            verdict.source(),
                            false,
                            false,
                            Optional.empty());
        }

        @Override
        public void answered(Envelope envelope, boolean success) {
            outcomes.add(success);
        }

        @Override
        public List<WatchedPeer> watchList() {
            return List.of();
        }

        @Override
        public boolean rule(String certificate, WatchedPeer.Ruling ruling) {
            return false;
        }
    }
}
