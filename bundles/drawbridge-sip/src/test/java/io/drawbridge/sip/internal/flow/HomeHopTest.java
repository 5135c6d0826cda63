// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.sip.internal.relay.TestPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded home behind the relay, without a socket. */
class HomeHopTest {
    private final RelayHarness harness = new RelayHarness();
    private final Home home = new Home();
    private final HomeHop hop =
            new HomeHop(harness.relay(), harness.inProcessLoop(), home, () -> SipLimits.DEFAULT, this::announced);
    private int failures;

    private HostPort announced() {
        if (failures-- > 0) {
            throw new IllegalStateException("no name, as the test wants it");
        }
        return RelayHarness.INSIDE;
    }

    private static String request(String from, String to, String branch) {
        return """
                MESSAGE sip:%s SIP/2.0
                Via: SIP/2.0/TLS h.example:5061;branch=z9hG4bK%s
                Max-Forwards: 70
                From: <sip:%s>;tag=t
                To: <sip:%s>
                Call-ID: %s
                CSeq: 1 MESSAGE
                """
                .formatted(to, branch, from, to, branch);
    }

    private static byte[] octets(String lines) {
        return (lines.replace("\n", "\r\n") + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void open() {
        harness.embed(hop);
        hop.open();
        harness.settle();
    }

    @Test
    void theHomeLearnsOfTheWayOut() {
        assertThat(home.flow).isSameAs(hop);
        assertThat(hop.kind()).isEqualTo(SipFlow.Kind.RELAY);
    }

    @Test
    void whatTheHomeSendsCrossesAndItsAnswerComesBack() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        assertThat(hop.send(octets(request("ann@contoso.example", "bob@fabrikam.example", "1"))))
                .isTrue();
        partner.answers(partner.gets("MESSAGE sip:bob@fabrikam.example"), 200, "OK");

        assertThat(home.next()).startsWith("SIP/2.0 200 OK");
    }

    @Test
    void whatComesFromOutsideReachesTheHomeAndItsAnswerGoesBack() {
        TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
        partner.sends(request("bob@fabrikam.example", "ann@contoso.example", "2"));
        String received = home.next();
        assertThat(received).startsWith("MESSAGE sip:ann@contoso.example").contains("ms-edge-proxy-message-trust:");
        String vias = received.lines().filter(line -> line.startsWith("Via:")).reduce("", (a, b) -> a + b + "\n");
        hop.send(octets("SIP/2.0 200 OK\n" + vias
                + "From: <sip:bob@fabrikam.example>;tag=t\nTo: <sip:ann@contoso.example>;tag=h\nCall-ID: 2\n"
                + "CSeq: 1 MESSAGE\n"));

        partner.gets("SIP/2.0 200");
    }

    @Test
    void malformedMessagesOfTheHomeAreAnsweredAsAnybodys() {
        hop.send(octets(
                request("ann@contoso.example", "bob@fabrikam.example", "3").replace("1 MESSAGE", "1 BYE")));
        harness.settle();

        assertThat(home.next()).startsWith("SIP/2.0 400");
    }

    @Test
    void aHomeThatGoesAwayLeavesNobodyWithoutAnAnswer() {
        TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
        partner.sends(request("bob@fabrikam.example", "ann@contoso.example", "4"));
        home.next();
        hop.shut();

        partner.gets("SIP/2.0 504");
        assertThat(hop.send(octets("x"))).isFalse();
        assertThat(home.closed).isTrue();
    }

    @Test
    void aRequestWhoseAnswerFailsOnItsWayOutIsStillAnsweredAndCounted() {
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        hop.send(octets(request("ann@contoso.example", "bob@fabrikam.example", "5")));
        String sent = partner.gets("MESSAGE");
        failures = 1;
        partner.answers(sent, 200, "OK");

        assertThat(home.next()).startsWith("SIP/2.0 500");
        assertThat(harness.crossings).hasSize(1);
    }

    /** Keeps what it gets. */
    private final class Home implements SipElement {
        private final Deque<String> received = new ArrayDeque<>();
        private SipFlow flow;
        private boolean closed;

        String next() {
            harness.settle();
            return received.remove();
        }

        @Override
        public void opened(SipFlow opened) {
            flow = opened;
        }

        @Override
        public void received(SipFlow from, byte[] message) {
            received.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void closed(SipFlow gone) {
            closed = true;
        }
    }
}
