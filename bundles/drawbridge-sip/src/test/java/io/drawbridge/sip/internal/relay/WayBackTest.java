// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static io.drawbridge.sip.internal.relay.TestPeer.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Destination.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers whose connection is gone. */
class WayBackTest {
    private static final String FROM_OUTSIDE =
            """
            MESSAGE sip:ann@contoso.example SIP/2.0
            Via: SIP/2.0/TLS SENT-BY;branch=z9hG4bKout1
            Max-Forwards: 70
            From: <sip:bob@fabrikam.example>;tag=b1
            To: <sip:ann@contoso.example>
            Call-ID: w1@fabrikam.example
            CSeq: 1 MESSAGE
            """;

    private final RelayHarness harness = new RelayHarness();

    @Test
    void anAnswerWhoseConnectionIsGoneTakesANewOneToTheSender_rfc3261_18_2_2() {
        TestPeer home = harness.accepted(Side.INSIDE, "pool.contoso.example");
        TestPeer partner = harness.opened(Side.OUTSIDE, "sip.fabrikam.example");
        home.sends(MessageRelayTest.MESSAGE);
        String sent = partner.gets();
        home.closes();
        TestPeer again = harness.connected(Side.INSIDE, "pool.contoso.example", false);
        partner.answers(sent, 200, "OK");
        harness.connector.connect(again);

        assertThat(headers(again.gets("SIP/2.0 200"), "Via")).hasSize(1);
        again.getsNothing();
        assertThat(harness.counters.count(RelayCounters.Count.SENDER_GONE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "sip.fabrikam.example:5061, 1",
        "sip.fabrikam.example, 1",
        "sip.fabrikam.example:22, 0",
        "database.contoso.example:5061, 0",
        "10.0.0.9, 0",
    })
    void outsideAnAnswerGoesOnlyToWhatTheSendersCertificateNames(String sentBy, int connections) {
        TestPeer inside = harness.opened(Side.INSIDE, "pool.contoso.example");
        TestPeer partner = harness.accepted(Side.OUTSIDE, "sip.fabrikam.example");
        partner.sends(FROM_OUTSIDE.replace("SENT-BY", sentBy));
        String sent = inside.gets("MESSAGE");
        partner.closes();
        harness.connector.asked.clear();
        inside.answers(sent, 200, "OK");

        assertThat(harness.connector.asked).hasSize(connections).allSatisfy(asked -> {
            assertThat(asked.location()).isEqualTo(new Location.Server(new HostPort("sip.fabrikam.example", 5061)));
            assertThat(asked.check().refusal(partner.peer().orElseThrow(), "sip.fabrikam.example"))
                    .isEmpty();
            assertThat(asked.check().refusal(inside.peer().orElseThrow(), "sip.fabrikam.example"))
                    .as("another certificate")
                    .isPresent();
        });
    }
}
