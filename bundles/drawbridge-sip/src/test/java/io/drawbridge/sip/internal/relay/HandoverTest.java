// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the relay hands to the gateway's user agent, and what it keeps. */
class HandoverTest {
    private final RelayHarness harness = new RelayHarness();
    private final Gateway gateway = new Gateway();
    private TestPeer home;

    @BeforeEach
    void join() {
        harness.links.put(DomainName.of("chat.example"), "xmpp");
        harness.relay.handover().to(gateway);
        home = harness.accepted(Side.INSIDE, "pool.contoso.example");
    }

    private static String request(String method, String uri, String toTag) {
        return """
                %s %s SIP/2.0
                Via: SIP/2.0/TLS pool.contoso.example:5061;branch=z9hG4bK1
                Max-Forwards: 70
                From: <sip:ann@contoso.example>;tag=f
                To: <sip:juliet@chat.example>%s
                Call-ID: c1
                CSeq: 1 %s
                """
                .formatted(method, uri, toTag, method);
    }

    @Test
    void aRequestThatLeavesSipIsTheGateways() {
        home.sends(request("MESSAGE", "sip:juliet@chat.example", ""));

        assertThat(gateway.next())
                .startsWith("MESSAGE sip:juliet@chat.example SIP/2.0")
                .contains(";received=");
        assertThat(gateway.flow.kind()).isEqualTo(SipFlow.Kind.HOME);
        assertThat(gateway.flow.name()).isEqualTo("pool.contoso.example");
        assertThat(harness.crossings).as("whoever takes the event traces it").isEmpty();
        assertThat(harness.counters.inFlight()).isZero();
        gateway.flow.send("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        home.gets("SIP/2.0 200 OK");
    }

    /** RFC 3857: only the user agent knows who of other protocols watches a user of the home. */
    @Test
    void whoAsksForItsOwnWatchersIsAnsweredByTheGateway() {
        String own = request("SUBSCRIBE", "sip:ann@contoso.example", "") + "Event: presence.winfo\n";
        home.sends(own);
        assertThat(gateway.next()).startsWith("SUBSCRIBE sip:ann@contoso.example SIP/2.0");

        home.sends(own.replace("From: <sip:ann@", "From: <sip:bob@").replace("z9hG4bK1", "z9hG4bK2"));
        home.gets("SIP/2.0 4");
        gateway.gotNothing();
    }

    @Test
    void policyIsAskedBefore() {
        harness.domains.put(DomainName.of("blocked.example"), io.drawbridge.api.policy.Verdict.Outcome.REFUSE);
        home.sends(request("MESSAGE", "sip:juliet@blocked.example", ""));

        home.gets("SIP/2.0 403");
        gateway.gotNothing();
    }

    @Test
    void aRequestWithinADialogOfTheGatewayReachesItUnasked() {
        home.sends(request("BYE", "sip:gw-12ab@edge-int.contoso.example:5061;transport=tls", ";tag=g"));

        assertThat(gateway.next()).startsWith("BYE sip:gw-12ab@");
        assertThat(harness.crossings).isEmpty();
    }

    @Test
    void nobodyOutsideReachesADialogOfTheGateway() {
        TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
        partner.sends(request("BYE", "sip:gw-12ab@edge-int.contoso.example:5061;transport=tls", ";tag=g"));

        gateway.gotNothing();
        partner.gets("SIP/2.0 4");
    }

    @Test
    void aCancelFollowsItsInvite() {
        home.sends(request("INVITE", "sip:juliet@chat.example", ""));
        home.gets("SIP/2.0 100");
        assertThat(gateway.next()).startsWith("INVITE ");
        home.sends(request("CANCEL", "sip:juliet@chat.example", ""));

        assertThat(gateway.next()).startsWith("CANCEL ");
    }

    @Test
    void anAckOfARefusalFollowsItsInvite() {
        home.sends(request("INVITE", "sip:juliet@chat.example", ""));
        gateway.next();
        home.sends(request("ACK", "sip:juliet@chat.example", ";tag=g"));

        assertThat(gateway.next()).startsWith("ACK ");
    }

    @Test
    void whatTheGatewayAskedIsAnsweredToIt() {
        TestPeer pool = harness.opened(Side.INSIDE, "pool.contoso.example");
        gateway.reach(new HomeWay(harness.relay));
        gateway.flow.send((request("MESSAGE", "sip:ann@contoso.example", "")
                                .replace("z9hG4bK1", "z9hG4bKabc.gw")
                                .replace("\n", "\r\n")
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        pool.answers(pool.gets("MESSAGE sip:ann@contoso.example"), 200, "OK");

        assertThat(gateway.next()).startsWith("SIP/2.0 200");
        assertThat(harness.counters.count(RelayCounters.Count.STRAY_RESPONSE)).isZero();
    }

    /** After a pause, hundreds of messages are written in one turn of the loop: the buffer is for peers that do not read. */
    @Test
    void muchInOneTurnIsNotTakenForASlowServer() {
        harness.properties.put("writeBufferKib", 64);
        harness.opened(Side.INSIDE, "pool.contoso.example");
        gateway.reach(new HomeWay(harness.relay));
        byte[] message = (request("MESSAGE", "sip:ann@contoso.example", "") + "\n" + "x".repeat(700))
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            assertThat(gateway.flow.send(message)).isTrue();
        }
    }

    @Test
    void theGatewayLearnsThatAConnectionIsLost() {
        home.sends(request("MESSAGE", "sip:juliet@chat.example", ""));
        gateway.next();
        home.closes();

        assertThat(gateway.closed).isSameAs(gateway.flow);
        assertThat(gateway.flow.send(new byte[] {'S'})).isFalse();
    }

    @Test
    void withoutAGatewayTheSenderIsTold() {
        harness.relay.handover().to(null);
        home.sends(request("MESSAGE", "sip:juliet@chat.example", ""));

        home.gets("SIP/2.0 503");
    }

    @Test
    void withoutAHomeThereIsNoWay() {
        harness.edge = RelayHarness.embeddedHomeEdge();
        gateway.reach(new HomeWay(harness.relay));

        assertThat(gateway.flow).isNull();
        assertThat(gateway.reason).isEqualTo(Reason.NO_HOME);
    }

    /** Keeps what it gets. */
    private final class Gateway implements SipElement {
        private final Deque<String> received = new ArrayDeque<>();
        private SipFlow flow;
        private SipFlow closed;
        private Reason reason;

        void reach(HomeWay way) {
            way.reach(Optional.<HostPort>empty(), 1, (reached, why) -> {
                flow = reached;
                reason = why;
            });
        }

        String next() {
            harness.settle();
            return received.remove();
        }

        void gotNothing() {
            harness.settle();
            assertThat(received).isEmpty();
        }

        @Override
        public void opened(SipFlow opened) {
            flow = opened;
        }

        @Override
        public void received(SipFlow from, byte[] message) {
            flow = from;
            received.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(SipFlow gone) {
            closed = gone;
        }
    }
}
