// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.MESSAGE;
import static io.drawbridge.xmpp.internal.stream.RawPeer.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dialback without TLS, in all three roles: XEP-0220 section 2, interworking 4.5. */
@Timeout(60)
final class DialbackTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of(".dialbackPassphrase", "edge-secret"));

    @BeforeEach
    void onlyDialbackIsAllowed() {
        chat.edge.partner = Edge.partner(Negotiation.NOT_SUPPORTED, Negotiation.NOT_SUPPORTED, true, true);
    }

    /** The partner's server answers a stream of this appliance. */
    private RawPeer partner() throws Exception {
        RawPeer peer = chat.accepts();
        peer.hears("xml:lang='en'>");
        return peer.says(RawPeer.answer("7f3a") + "<stream:features>" + RawPeer.DIALBACK + "</stream:features>");
    }

    private RawPeer stranger() throws Exception {
        RawPeer peer = chat.connects();
        peer.opens();
        return peer;
    }

    private static String verify(String to, String key) {
        return "<db:verify from='chat.example' to='" + to + "' id='s1'>" + key + "</db:verify>";
    }

    @Test
    @Specified(
            document = "XEP-0185",
            section = "2",
            requirement =
                    "A key depends on both domains, the stream and a secret, and only its maker can tell it is one")
    void whoAsksWhetherAKeyIsOursIsToldTheTruth() throws Exception {
        String key = new DialbackKeys("edge-secret").key("chat.example", "corp.example", "s1");
        try (RawPeer peer = stranger()) {
            assertThat(peer.says(verify("corp.example", key)).hears("/>"))
                    .contains("<db:verify from='corp.example' to='chat.example' id='s1' type='valid'");
            assertThat(peer.says(verify("corp.example", key.replace('a', 'b'))).hears("/>"))
                    .contains("type='invalid'");
            assertThat(peer.says(verify("other.example", key)).hears("/>")).contains("type='invalid'");
        }
    }

    /** Interworking 4.5, the second vector: secret edge-secret, stream 7f3a. */
    @Test
    void theKeyOfAnOwnStreamIsMadeOfItsIdentifierAndTheSecret() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = partner()) {
            String key = new DialbackKeys("edge-secret").key("chat.example", "corp.example", "7f3a");
            assertThat(peer.hears("</db:result>"))
                    .contains("<db:result from='corp.example' to='chat.example'>" + key + "<");
            peer.says("<db:result from='chat.example' to='corp.example' type='valid'/>");
            peer.hears("id='m1'");
            assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
        }
    }

    /** Interworking 4.5, every condition: what it means for what waits, and that it is not tried at once again. */
    @ParameterizedTest
    @CsvSource({
        "item-not-found, REMOTE_SERVER_NOT_FOUND, 300",
        "remote-connection-failed, REMOTE_SERVER_TIMEOUT, 1",
        "remote-server-not-found, REMOTE_SERVER_TIMEOUT, 1",
        "remote-server-timeout, REMOTE_SERVER_TIMEOUT, 1",
        "policy-violation, REMOTE_SERVER_TIMEOUT, 300",
        "not-authorized, INTERNAL_SERVER_ERROR, 1",
        "forbidden, INTERNAL_SERVER_ERROR, 1",
        "not-acceptable, REMOTE_SERVER_TIMEOUT, 1",
        "resource-constraint, REMOTE_SERVER_TIMEOUT, 60",
        "made-up, REMOTE_SERVER_TIMEOUT, 1"
    })
    @Specified(document = "XEP-0220", section = "2.5", requirement = "What errors of dialback mean")
    void anErrorOfDialbackIsToldToWhoeverWaits(String error, Condition condition, long seconds) throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = partner()) {
            peer.hears("</db:result>");
            peer.says("<db:result from='chat.example' to='corp.example' type='error'><error type='cancel'><" + error
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>");
            assertThat(failureOf(message).condition()).isEqualTo(condition);
        }
        assertThat(failureOf(chat.edge.sends("m1")).retryAfter())
                .hasValueSatisfying(rest -> assertThat(rest).isGreaterThan(Duration.ofSeconds(seconds - 1)));
    }

    @Test
    void aKeyThatIsSaidNotToBeOursIsAnErrorForWhoeverWaits() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = partner()) {
            peer.hears("</db:result>");
            peer.says("<db:result from='chat.example' to='corp.example' type='invalid'/>");
            assertThat(failureOf(message).condition()).isEqualTo(Condition.INTERNAL_SERVER_ERROR);
        }
    }

    @Test
    void aResultForAnotherPairEndsTheStream() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner()) {
            peer.hears("</db:result>");
            assertThat(peer.says("<db:result from='other.example' to='corp.example' type='valid'/>")
                            .hearsToTheEnd())
                    .contains("<invalid-from ");
        }
    }

    private String claimed(RawPeer liar) throws Exception {
        liar.says(claim("key"));
        return liar.hears("</db:result>");
    }

    @Test
    void whoseDomainsServerSaysYesMayTalkAndCountsAsNoMoreThanThat() throws Exception {
        try (RawPeer peer = stranger()) {
            peer.says(claim("key"));
            try (RawPeer home = partner()) {
                String id = RawPeer.id(home.hears("</db:verify>"));
                home.says("<db:verify from='chat.example' to='corp.example' id='" + id + "' type='valid'/>");
            }
            peer.hears("type='valid'");
            peer.hears("/>");
            peer.says(MESSAGE);
            assertThat(chat.edge.next().origin().trust()).isEqualTo(Trust.SPOOFABLE);
        }
    }

    @ParameterizedTest
    @CsvSource({"chat.example, other", "other.example, ID", "corp.example, ID"})
    @Specified(
            document = "XEP-0220",
            section = "5",
            requirement = "An answer is matched with its question by the stream, its identifier and both domains")
    void anAnswerToAnotherQuestionProvesNothing(String from, String id) throws Exception {
        try (RawPeer liar = stranger()) {
            liar.says(claim("key"));
            try (RawPeer home = partner()) {
                String asked = RawPeer.id(home.hears("</db:verify>"));
                home.says("<db:verify from='" + from + "' to='corp.example' id='" + id.replace("ID", asked)
                        + "' type='valid'/>");
                assertThat(home.hearsToTheEnd()).contains("<not-authorized ");
            }
            assertThat(liar.hears("</db:result>")).contains("type='error'", "remote-server-timeout");
            assertThat(liar.says(MESSAGE).hearsToTheEnd()).contains("<not-authorized ");
            assertThat(chat.edge.received).isEmpty();
        }
    }

    @Test
    void whoseDomainsServerIsNotReachedIsToldSo() throws Exception {
        chat.server.close();
        try (RawPeer liar = stranger()) {
            assertThat(claimed(liar)).contains("type='error'", "remote-connection-failed");
        }
    }

    @Test
    void whoseDomainsServerIsNotFoundIsToldSo() throws Exception {
        chat.dns.replace(DnsServer.xmpp("chat.example", "nowhere.chat.example", 5269));
        try (RawPeer liar = stranger()) {
            assertThat(claimed(liar)).contains("type='error'", "remote-server-not-found");
        }
    }
}
