// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.relay.RelayConfig;
import io.drawbridge.sip.internal.relay.RelayCounters;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.drawbridge.sip.internal.relay.RelayHarness;
import io.drawbridge.sip.internal.relay.RelaySettings;
import io.drawbridge.sip.internal.relay.RelaySettingsHolder;
import io.drawbridge.sip.internal.relay.TestPeer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's client at a listener of protocol {@code sip-client}. */
class ClientFlowTest {
    private static final String REGISTER =
            """
            REGISTER sip:contoso.example SIP/2.0
            Via: SIP/2.0/TLS 10.0.0.7:5070;branch=z9hG4bKr1
            From: <sip:ann@contoso.example>;tag=1
            To: <sip:ann@contoso.example>
            Call-ID: r1
            CSeq: 1 REGISTER
            """;

    private final List<String> seen = new ArrayList<>();
    private final TestPeer client = new RelayHarness().unconnected("");
    private final RelayCounters counters = new RelayCounters();
    private SipFlow flow;
    private ClientComponent component;

    @BeforeEach
    void connect() throws Exception {
        RelaySettings settings = RelaySettings.of(
                Settings.read(RelayConfig.class, RelayConfig.PID, Map.of()).value());
        component = new ClientComponent(new Recorder(), new Limits(settings, counters));
        component.opened(client);
    }

    @Test
    void wholeMessagesReachTheHomeInTheirOrder() {
        String whole = REGISTER.replace("\n", "\r\n") + "Content-Length: 0\r\n\r\n";
        client.sendsRaw(whole + whole.substring(0, 40));
        assertThat(seen).containsExactly("opened", whole);
        client.sendsRaw(whole.substring(40));

        assertThat(seen).containsExactly("opened", whole, whole);
        assertThat(flow.kind()).isEqualTo(SipFlow.Kind.CLIENT);
    }

    @Test
    void whatTheHomeSendsReachesTheClient() {
        assertThat(flow.send("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();

        client.gets("SIP/2.0 200 OK");
    }

    @Test
    void aPingIsAnsweredAndAMalformedRequestRefusedWithoutTroublingTheHome() {
        client.sendsRaw("\r\n\r\n");
        assertThat(client.gets()).isEqualTo("\r\n");
        client.sends(REGISTER.replace("1 REGISTER", "1 BYE"));

        client.gets("SIP/2.0 400");
        assertThat(seen).containsExactly("opened");
        assertThat(counters.count(Count.MALFORMED_REQUEST)).isEqualTo(1);
    }

    @Test
    void aLimitThatAClientBreaksIsCounted() {
        client.sends(REGISTER + "X-Long: " + "x".repeat(20_000) + "\n");

        client.gets("SIP/2.0 400");
        assertThat(counters.limitHits(SipProblem.HEADER_LINE_TOO_LONG)).isEqualTo(1);
        assertThat(counters.limitHits(SipProblem.TOO_MANY_HEADERS)).isZero();
    }

    @Test
    void theHomeLearnsThatTheClientIsGone() {
        client.closes();

        assertThat(seen).containsExactly("opened", "closed");
        assertThat(flow.send(new byte[] {1})).isFalse();
    }

    @Test
    void aClientWhoseRequestIsUnderWayIsAnsweredBeforeItIsDisconnected() throws Exception {
        client.sendsRaw(REGISTER.replace("\n", "\r\n") + "Content-Length: 0\r\n\r\n");
        Thread stop = new Thread(() -> {
            try {
                component.deactivate();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        stop.start();
        stop.join(100);
        assertThat(client.isOpen()).isTrue();
        flow.send("SIP/2.0 100 Trying\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        stop.join(100);
        assertThat(client.isOpen()).isTrue();

        flow.send("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        stop.join();

        client.gets("SIP/2.0 100");
        client.gets("SIP/2.0 200");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void clientsAreDisconnectedWhenTheHomeGoes() throws Exception {
        component.deactivate();

        assertThat(client.isOpen()).isFalse();
    }

    /** Notes what happens. */
    private final class Recorder implements SipElement {
        @Override
        public void opened(SipFlow opened) {
            flow = opened;
            seen.add("opened");
        }

        @Override
        public void received(SipFlow from, byte[] message) {
            seen.add(new String(message, StandardCharsets.US_ASCII));
        }

        @Override
        public void closed(SipFlow gone) {
            seen.add("closed");
        }
    }

    private record Limits(RelaySettings settings, RelayCounters counters) implements RelaySettingsHolder {}
}
