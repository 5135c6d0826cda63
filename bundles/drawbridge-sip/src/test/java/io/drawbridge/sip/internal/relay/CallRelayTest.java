// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.header;
import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing.Outcome;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Reason;
import org.junit.jupiter.api.Test;

/** INVITE through the relay: provisional answers, ACK, CANCEL, Timer C, and what a dying peer leaves. */
class CallRelayTest {
    private static final String INVITE =
            """
            INVITE sip:bob@fabrikam.example SIP/2.0
            Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bKcall1
            Max-Forwards: 70
            From: <sip:ann@contoso.example>;tag=a1
            To: <sip:bob@fabrikam.example>
            Call-ID: c1@contoso.example
            CSeq: 7 INVITE
            Contact: <sip:ann@pool.contoso.example:5061;transport=tls>
            """;

    private final RelayHarness harness = new RelayHarness();
    private final TestPeer home = harness.accepted(Side.INSIDE, "pool.contoso.example");
    private final TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");

    private String invited() {
        home.sends(INVITE);
        home.gets("SIP/2.0 100 Trying");
        return partner.gets("INVITE");
    }

    private static String hopByHop(String method) {
        return INVITE.replace("INVITE", method);
    }

    @Test
    void anInviteIsRecordRoutedTwiceWithTheOutboundSideOnTop_rfc5658() {
        String sent = invited();

        assertThat(headers(sent, "Record-Route"))
                .map(value -> value.replaceAll(";seal=[\\w-]{16}>", ";seal=...>"))
                .containsExactly(
                        "<sip:sip.contoso.example:5061;transport=tls;lr;r2=on;seal=...>",
                        "<sip:edge-int.contoso.example:5061;transport=tls;lr;r2=on>");
    }

    @Test
    void aSipsRequestIsRecordRoutedWithSips_rfc5630() {
        home.sends(INVITE.replace("INVITE sip:", "INVITE sips:"));

        assertThat(headers(partner.gets(), "Record-Route")).allMatch(value -> value.startsWith("<sips:"));
    }

    @Test
    void provisionalAnswersPassExcept100_rfc3261_16_7_item5() {
        String sent = invited();
        partner.answers(sent, 100, "Trying");
        home.getsNothing();
        partner.answers(sent, 180, "Ringing");

        home.gets("SIP/2.0 180");
    }

    @Test
    void everyCopyOfA2xxPasses_rfc6026_7_1() {
        String sent = invited();
        partner.answers(sent, 200, "OK");
        partner.answers(sent, 200, "OK");

        home.gets("SIP/2.0 200");
        home.gets("SIP/2.0 200");
        assertThat(harness.crossings).hasSize(1);
        harness.advance(33);
        partner.answers(sent, 200, "OK");
        home.getsNothing();
    }

    @Test
    void theAckOfA2xxFollowsTheRouteSetAndIsNeverAnswered_rfc3261_16_6() {
        String sent = invited();
        partner.answers(sent, 200, "OK");
        home.gets("SIP/2.0 200");
        home.sends(
                """
                ACK sip:bob@192.0.2.77:5061;transport=tls SIP/2.0
                Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bKack1
                Route: <sip:edge-int.contoso.example:5061;transport=tls;lr;r2=on>
                Route: <sip:sip.contoso.example:5061;transport=tls;lr;r2=on>
                Max-Forwards: 70
                From: <sip:ann@contoso.example>;tag=a1
                To: <sip:bob@fabrikam.example>;tag=answer
                Call-ID: c1@contoso.example
                CSeq: 7 ACK
                """);

        String ack = partner.gets("ACK sip:bob@192.0.2.77:5061;transport=tls SIP/2.0");
        assertThat(headers(ack, "Route")).isEmpty();
        assertThat(headers(ack, "Via")).hasSize(2);
        home.getsNothing();
    }

    @Test
    void aRefusalIsAcknowledgedHopByHopAndItsAckEndsHere_rfc3261_17_1_1_3() {
        String sent = invited();
        partner.answers(sent, 486, "Busy Here");

        String ack = partner.gets("ACK sip:bob@fabrikam.example SIP/2.0");
        assertThat(headers(ack, "Via")).containsExactly(headers(sent, "Via").get(0));
        assertThat(header(ack, "To")).contains(";tag=answer");
        assertThat(header(ack, "CSeq")).isEqualTo("7 ACK");
        home.gets("SIP/2.0 486");
        home.sends(hopByHop("ACK"));
        partner.getsNothing();
        assertThat(harness.onlyCrossing().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void aCancelWaitsForAProvisionalAnswer_rfc3261_9_1() {
        String sent = invited();
        home.sends(hopByHop("CANCEL"));
        home.gets("SIP/2.0 200");
        partner.getsNothing();
        partner.answers(sent, 180, "Ringing");

        String cancel = partner.gets("CANCEL sip:bob@fabrikam.example SIP/2.0");
        assertThat(headers(cancel, "Via")).containsExactly(headers(sent, "Via").get(0));
        assertThat(header(cancel, "CSeq")).isEqualTo("7 CANCEL");
    }

    @Test
    void aCancelEndsIn487FromTheOtherSide_andItsReasonIsCopied_interworking_1_15() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.gets("SIP/2.0 180");
        home.sends(hopByHop("CANCEL") + "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\n");
        home.gets("SIP/2.0 200");
        String cancel = partner.gets("CANCEL");
        assertThat(header(cancel, "Reason")).isEqualTo("SIP;cause=200;text=\"Call completed elsewhere\"");
        partner.answers(cancel, 200, "OK");
        home.getsNothing();
        partner.answers(sent, 487, "Request Terminated");

        partner.gets("ACK");
        home.gets("SIP/2.0 487");
        home.getsNothing();
    }

    @Test
    void aCancelThatCrossesA2xxChangesNothing_rfc3261_9_1() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.gets("SIP/2.0 180");
        home.sends(hopByHop("CANCEL"));
        home.gets("SIP/2.0 200");
        partner.gets("CANCEL");
        partner.answers(sent, 200, "OK");

        assertThat(header(home.gets("SIP/2.0 200"), "CSeq")).isEqualTo("7 INVITE");
    }

    @Test
    void aCancelBeforeThereIsAConnectionEndsIn487AtOnce() {
        harness.connector.ready.clear();
        home.sends(INVITE);
        home.gets("SIP/2.0 100");
        home.sends(hopByHop("CANCEL"));

        home.gets("SIP/2.0 200");
        home.gets("SIP/2.0 487");
        assertThat(harness.onlyCrossing().reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void aCancelOfNothingIsAnswered481_rfc3261_9_2() {
        home.sends(hopByHop("CANCEL"));

        home.gets("SIP/2.0 481");
        partner.getsNothing();
    }

    @Test
    void anotherPeerCannotCancel() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        TestPeer stranger = harness.accepted(Side.OUTSIDE, "sip.evil.example");
        stranger.sends(hopByHop("CANCEL"));

        stranger.gets("SIP/2.0 481");
        partner.getsNothing();
    }

    @Test
    void nobodyOccupiesAnothersBranch_rfc3261_17_2_3() {
        TestPeer stranger = harness.accepted(Side.OUTSIDE, "sip.blocked.example");
        stranger.sends(INVITE.replace("ann@contoso.example>;tag", "eve@blocked.example>;tag")
                .replace("bob@fabrikam.example", "ann@contoso.example"));
        stranger.gets("SIP/2.0 100");
        stranger.gets("SIP/2.0 403");
        partner.answers(invited(), 180, "Ringing");
        home.gets("SIP/2.0 180");
        home.sends(hopByHop("CANCEL"));

        home.gets("SIP/2.0 200");
        partner.gets("CANCEL");
    }

    @Test
    void nothingRingsOnWhenTheRelayStops() {
        harness.properties.put("drainSeconds", 0);
        partner.answers(invited(), 180, "Ringing");
        home.gets("SIP/2.0 180");
        harness.relay.drain();

        home.gets("SIP/2.0 503");
        partner.gets("CANCEL");
    }

    @Test
    void anInviteNobodyAnswersIsAnswered408_rfc3261_timerB() {
        invited();
        harness.advance(33);

        home.gets("SIP/2.0 408");
    }

    @Test
    void aCallThatRingsForeverIsCancelledByTimerCAndAnswered408_rfc3261_16_8() {
        harness.properties.put("keepAliveSeconds", 3600);
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.gets("SIP/2.0 180");
        harness.advance(180);
        home.getsNothing();
        harness.advance(6);
        partner.gets("CANCEL");
        harness.advance(33);

        home.gets("SIP/2.0 408");
        home.getsNothing();
    }

    @Test
    void anotherProvisionalAnswerRestartsTimerC_rfc3261_16_7_item2() {
        harness.properties.put("keepAliveSeconds", 3600);
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        harness.advance(120);
        partner.answers(sent, 180, "Ringing");
        harness.advance(120);

        partner.getsNothing();
    }

    @Test
    void aPeerThatDiesWhileItRingsMeans504() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.gets("SIP/2.0 180");
        partner.closes();

        home.gets("SIP/2.0 504");
        home.getsNothing();
    }

    @Test
    void aPeerThatDiesBeforeAnyAnswerIsReplacedByTheNextServer() {
        TestPeer second = harness.opened(Side.OUTSIDE, "sip2.fabrikam.example");
        invited();
        partner.closes();
        second.answers(second.gets("INVITE"), 200, "OK");

        home.gets("SIP/2.0 200");
        home.getsNothing();
    }

    @Test
    void aPeerThatDiesAfterTheCancelMeans487() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.gets("SIP/2.0 180");
        home.sends(hopByHop("CANCEL"));
        home.gets("SIP/2.0 200");
        partner.closes();

        home.gets("SIP/2.0 487");
    }

    @Test
    void aCallerThatIsGoneLetsNothingRing() {
        String sent = invited();
        partner.answers(sent, 180, "Ringing");
        home.closes();

        partner.gets("CANCEL");
    }

    @Test
    void anInviteRefusedByPolicyWaitsForItsAckAndRepeatsItsAnswer_rfc3261_17_2_1() {
        String blocked = INVITE.replace("fabrikam", "blocked");
        home.sends(blocked);
        home.gets("SIP/2.0 100");
        home.gets("SIP/2.0 403");
        home.sends(blocked);
        home.gets("SIP/2.0 403");
        home.sends(blocked.replace("INVITE", "ACK"));
        home.sends(blocked);

        home.gets("SIP/2.0 100");
    }
}
