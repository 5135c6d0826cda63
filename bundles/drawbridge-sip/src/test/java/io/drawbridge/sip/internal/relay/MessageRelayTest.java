// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.header;
import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A MESSAGE through the relay: what becomes of it, and that its sender gets exactly one final answer. */
class MessageRelayTest {
    static final String MESSAGE =
            """
            MESSAGE sip:bob@fabrikam.example SIP/2.0
            Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bKhome1
            Max-Forwards: 70
            From: <sip:ann@contoso.example>;tag=a1
            To: <sip:bob@fabrikam.example>
            Call-ID: m1@contoso.example
            CSeq: 1 MESSAGE
            X-Unknown:   kept  as it came
            Content-Type: text/plain
            Content-Length: 2

            hi""";

    private final RelayHarness harness = new RelayHarness();
    private final TestPeer home = harness.accepted(Side.INSIDE, "pool.contoso.example");

    @Test
    void aMessageIsSentOnWithOurViaOnTopAndTheRestAsItCame() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);

        String sent =
                partner.gets("MESSAGE sip:bob@fabrikam.example SIP/2.0\r\nVia: SIP/2.0/TLS sip.contoso.example:5061");
        assertThat(headers(sent, "Via")).hasSize(2);
        assertThat(header(sent, "Max-Forwards")).isEqualTo("69");
        assertThat(sent).contains("\r\nX-Unknown:   kept  as it came\r\n").endsWith("\r\n\r\nhi");
        assertThat(headers(sent, "Record-Route"))
                .as("a MESSAGE begins no dialog")
                .isEmpty();
        home.getsNothing();
    }

    @Test
    void theTopViaSaysWhereTheRequestReallyCameFrom_rfc3261_18_2_1() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE.replace("bKhome1", "bKhome1;rport"));

        assertThat(headers(partner.gets(), "Via").get(1))
                .contains("rport=5061")
                .contains("received=" + home.remote().host());
    }

    @Test
    void theAnswerGoesBackWithoutOurVia_rfc3261_16_7() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.answers(partner.gets(), 200, "OK");

        String answer = home.gets("SIP/2.0 200 OK");
        assertThat(headers(answer, "Via")).singleElement().asString().contains("pool.contoso.example");
        assertThat(harness.onlyCrossing().outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(harness.onlyCrossing().to()).isEqualTo("sip.fabrikam.example");
        assertThat(harness.counters.inFlight()).isZero();
    }

    @Test
    void aSecondAnswerIsDropped() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        String sent = partner.gets();
        partner.answers(sent, 200, "OK");
        partner.answers(sent, 403, "Forbidden");

        home.gets("SIP/2.0 200");
        home.getsNothing();
    }

    @Test
    void anAnswerFromAnotherPeerThanTheOneAskedIsDropped_interworking_9_1() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        TestPeer stranger = harness.accepted(Side.OUTSIDE, "sip.evil.example");
        home.sends(MESSAGE);
        stranger.answers(partner.gets(), 200, "OK");

        home.getsNothing();
        assertThat(harness.counters.count(RelayCounters.Count.STRAY_RESPONSE)).isEqualTo(1);
    }

    @Test
    void aProvisionalAnswerToANonInviteIsNotSentOn_rfc4320_4_1() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.answers(partner.gets(), 183, "Session Progress");

        home.getsNothing();
    }

    @Test
    void aRefusalOfPolicyIsAnsweredWithDiagnosticsInside_interworking_1_13() {
        home.sends(MESSAGE.replace("fabrikam", "blocked"));

        String answer = home.gets("SIP/2.0 403 Forbidden");
        assertThat(header(answer, "ms-diagnostics"))
                .startsWith("1002;reason=\"")
                .contains("source=\"edge-int.contoso.example\"");
        assertThat(header(answer, "To")).contains(";tag=");
        assertThat(header(answer, "ms-edge-proxy-message-trust")).startsWith("ms-source-type=EdgeProxyGenerated");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.DOMAIN_BLOCKED);
        assertThat(harness.onlyCrossing().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aFrozenPeerMeans504WithinTheSendersOwnTime_rfc4320_4_2() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.gets("MESSAGE");
        harness.advance(29);
        home.getsNothing();
        harness.advance(2);

        assertThat(header(home.gets("SIP/2.0 504"), "ms-diagnostics")).startsWith("1007;");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.TIMED_OUT);
        harness.advance(10);
        home.getsNothing();
    }

    @Test
    void aLateAnswerAfterTheTimeOutIsDropped() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        String sent = partner.gets();
        harness.advance(31);
        home.gets("SIP/2.0 504");
        partner.answers(sent, 200, "OK");

        home.getsNothing();
        assertThat(harness.crossings).hasSize(1);
    }

    @Test
    void a408FromBehindIsNotSentOnButTurnedInto504_rfc4320_4_3() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.answers(partner.gets(), 408, "Request Timeout");

        home.gets("SIP/2.0 504");
    }

    @Test
    void a503FromTheOnlyServerBecomes500_rfc3261_16_7_item6() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.answers(partner.gets(), 503, "Service Unavailable");

        home.gets("SIP/2.0 500");
        home.getsNothing();
        partner.getsNothing();
    }

    @Test
    void a503IsTriedAtTheNextServerWithANewBranch_rfc3263_4_3() {
        TestPeer first = harness.opened(Side.OUTSIDE, "sip1.fabrikam.example");
        TestPeer second = harness.opened(Side.OUTSIDE, "sip2.fabrikam.example");
        home.sends(MESSAGE);
        String one = first.gets();
        first.answers(one, 503, "Service Unavailable");
        String two = second.gets("MESSAGE");
        assertThat(headers(two, "Via").get(0)).isNotEqualTo(headers(one, "Via").get(0));
        second.answers(two, 200, "OK");

        home.gets("SIP/2.0 200");
        home.getsNothing();
    }

    @Test
    void aMessageThatMayHaveBeenDeliveredIsNotSentTwice() {
        TestPeer first = harness.opened(Side.OUTSIDE, "sip1.fabrikam.example");
        TestPeer second = harness.opened(Side.OUTSIDE, "sip2.fabrikam.example");
        home.sends(MESSAGE);
        first.gets("MESSAGE");
        first.closes();

        home.gets("SIP/2.0 504");
        home.getsNothing();
        second.getsNothing();
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.CONNECTION_LOST);
    }

    @Test
    void aRequestThatDoesNoHarmTwiceIsSentToTheNextServerWhenItsConnectionDies() {
        TestPeer first = harness.opened(Side.OUTSIDE, "sip1.fabrikam.example");
        TestPeer second = harness.opened(Side.OUTSIDE, "sip2.fabrikam.example");
        home.sends(MESSAGE.replace("MESSAGE", "OPTIONS"));
        first.gets("OPTIONS");
        first.closes();
        second.answers(second.gets("OPTIONS"), 200, "OK");

        home.gets("SIP/2.0 200");
        home.getsNothing();
    }

    @Test
    void aProvisionalAnswerIsNoFinalOneWhenTheConnectionDiesAndNoServerIsLeft() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE.replace("MESSAGE", "OPTIONS"));
        partner.answers(partner.gets("OPTIONS"), 100, "Trying");
        partner.closes();
        harness.connector.fail(Reason.UNREACHABLE);

        home.gets("SIP/2.0 504");
        home.getsNothing();
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aRequestWaitsForItsConnection() {
        home.sends(MESSAGE);
        TestPeer partner = harness.connected(Side.OUTSIDE, "sip.fabrikam.example", false);
        harness.connector.connect(partner);
        partner.answers(partner.gets("MESSAGE"), 200, "OK");

        home.gets("SIP/2.0 200");
    }

    @Test
    void aRequestWhoseServerCannotBeReachedIsAnsweredAtOnce() {
        home.sends(MESSAGE);
        harness.connector.fail(Reason.CERTIFICATE_NOT_TRUSTED);

        assertThat(header(home.gets("SIP/2.0 504"), "ms-diagnostics")).startsWith("1010;");
    }

    @Test
    void aConnectionThatNeverComesIsAnsweredInTimeAndNotUsedLater() {
        home.sends(MESSAGE);
        harness.advance(31);
        home.gets("SIP/2.0 504");
        TestPeer partner = harness.connected(Side.OUTSIDE, "sip.fabrikam.example", false);
        harness.connector.connect(partner);

        partner.getsNothing();
        home.getsNothing();
    }

    @Test
    void noMoreThanTheLimitWaitForOneDestination() {
        harness.properties.put("maxWaitingPerDestination", 2);
        for (int i = 0; i < 3; i++) {
            home.sends(MESSAGE.replace("home1", "home1" + i).replace("m1@", i + "@"));
        }

        assertThat(header(home.gets("SIP/2.0 503"), "Retry-After")).isNotNull();
        home.getsNothing();
        assertThat(harness.connector.waiting).hasSize(2);
    }

    @Test
    void aDestinationThatTakesNoDataIsRefusedAndOthersAreServed() {
        harness.properties.put("writeBufferKib", 64);
        TestPeer frozen = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        frozen.embedded().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        home.sends(MESSAGE);

        assertThat(header(home.gets("SIP/2.0 504"), "ms-diagnostics")).startsWith("1007;");
        frozen.getsNothing();
    }

    @Test
    void aRepeatedRequestIsAbsorbedWhileTheFirstIsUnderWay_rfc3261_17_2_2() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        home.sends(MESSAGE);
        partner.answers(partner.gets("MESSAGE"), 200, "OK");

        partner.getsNothing();
        home.gets("SIP/2.0 200");
        home.getsNothing();
    }

    @Test
    void readingPausesWhileTooMuchIsUnanswered_interworking_9_6() {
        harness.properties.put("maxUnansweredPerConnection", 2);
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        home.sends(MESSAGE.replace("home1", "home2").replace("m1@", "m2@"));
        assertThat(home.embedded().config().isAutoRead()).isFalse();
        partner.answers(partner.gets(), 200, "OK");

        assertThat(home.embedded().config().isAutoRead()).isTrue();
    }

    @Test
    void withoutPolicyARequestIsRefusedNeverKeptSilent() {
        harness.policy = java.util.Optional.empty();
        home.sends(MESSAGE);

        home.gets("SIP/2.0 503");
    }

    @Test
    void whatIsUnderWayWhenTheRelayStopsIsAnswered() {
        harness.properties.put("drainSeconds", 0);
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        partner.gets("MESSAGE");
        harness.relay.drain();

        assertThat(header(home.gets("SIP/2.0 503"), "Retry-After")).isNotNull();
        home.getsNothing();
    }

    @Test
    void aSenderThatIsGoneLeavesNothingBehind() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MESSAGE);
        String sent = partner.gets();
        home.closes();
        partner.answers(sent, 200, "OK");
        harness.connector.fail(Reason.UNREACHABLE);

        assertThat(harness.counters.inFlight()).isZero();
        assertThat(harness.counters.count(RelayCounters.Count.SENDER_GONE)).isEqualTo(1);
    }

    @Test
    void aConnectionThatEndsConcernsOnlyItsOwnRequests() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        TestPeer other = harness.accepted(Side.INSIDE, "pool.contoso.example");
        home.sends(MESSAGE);
        String answered = partner.gets("MESSAGE");
        other.sends(MESSAGE.replace("bKhome1", "bKhome2"));
        partner.gets("MESSAGE");
        assertThat(PeerConnection.of(home).underWay()).hasSize(1);
        assertThat(PeerConnection.of(other).underWay()).hasSize(1);
        partner.answers(answered, 200, "OK");

        assertThat(PeerConnection.of(home).underWay()).isEmpty();
        assertThat(PeerConnection.of(other).underWay()).hasSize(1);
    }

    @Test
    void aFaultOfThisEdgeIsNotBlamedOnTheSender() {
        harness.policy = Optional.of(new Policy() {
            @Override
            public Verdict decide(Envelope envelope) {
                throw new IllegalArgumentException("a bug");
            }

            @Override
            public EdgeSettings edge() {
                return harness.edge;
            }
        });
        home.sends(MESSAGE);

        home.gets("SIP/2.0 500");
    }
}
