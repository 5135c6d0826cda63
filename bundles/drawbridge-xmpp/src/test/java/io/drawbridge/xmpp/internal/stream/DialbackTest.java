// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.testbed.DnsServer;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dialback without TLS, in all three roles: XEP-0220 section 2, interworking 4.5. */
@Timeout(60)
final class DialbackTest {
    private static final String ERRORS = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";
    private static final String IN =
            "<message from='bob@chat.example/x' to='alice@corp.example'><body>x</body></message>";

    @TempDir
    Path directory;

    private EdgeBesideChat beside;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        beside = new EdgeBesideChat(directory, Map.of(".dialbackPassphrase", "edge-secret"));
        edge = beside.edge;
        edge.partner = Edge.partner(Negotiation.NOT_SUPPORTED, Negotiation.NOT_SUPPORTED, true, true);
    }

    @AfterEach
    void stop() throws Exception {
        beside.close();
    }

    private CompletableFuture<DeliveryOutcome> sends() {
        return edge.gateway
                .send(
                        new OutgoingStanza(
                                Stanza.Kind.MESSAGE,
                                Edge.CORP,
                                Edge.CHAT,
                                "<message from='alice@corp.example' to='bob@chat.example' id='m1'><body>hello</body></message>"))
                .toCompletableFuture();
    }

    /** The partner's server answers a stream of this appliance. */
    private RawPeer partner() throws Exception {
        RawPeer peer = beside.accepts();
        peer.hears("xml:lang='en'>");
        return peer.says(RawPeer.HEADER.replace(" from=", " id='7f3a' from=") + "<stream:features>" + ERRORS
                + "</stream:features>");
    }

    private RawPeer stranger() throws Exception {
        RawPeer peer = RawPeer.to(edge.port);
        peer.says(RawPeer.HEADER).hears("</stream:features>");
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
        CompletableFuture<DeliveryOutcome> message = sends();
        try (RawPeer chat = partner()) {
            String key = new DialbackKeys("edge-secret").key("chat.example", "corp.example", "7f3a");
            assertThat(chat.hears("</db:result>"))
                    .contains("<db:result from='corp.example' to='chat.example'>" + key + "<");
            chat.says("<db:result from='chat.example' to='corp.example' type='valid'/>");
            chat.hears("id='m1'");
            assertThat(message.get(30, TimeUnit.SECONDS)).isEqualTo(new HandedOver());
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
        CompletableFuture<DeliveryOutcome> message = sends();
        try (RawPeer chat = partner()) {
            chat.hears("</db:result>");
            chat.says("<db:result from='chat.example' to='corp.example' type='error'><error type='cancel'><" + error
                    + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>");
            assertThat(message.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.condition())
                            .isEqualTo(condition));
        }
        assertThat(sends().get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.retryAfter())
                        .hasValueSatisfying(rest -> assertThat(rest).isGreaterThan(Duration.ofSeconds(seconds - 1))));
    }

    @Test
    void aKeyThatIsSaidNotToBeOursIsAnErrorForWhoeverWaits() throws Exception {
        CompletableFuture<DeliveryOutcome> message = sends();
        try (RawPeer chat = partner()) {
            chat.hears("</db:result>");
            chat.says("<db:result from='chat.example' to='corp.example' type='invalid'/>");
            assertThat(message.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.condition())
                            .isEqualTo(Condition.INTERNAL_SERVER_ERROR));
        }
    }

    @Test
    void aResultForAnotherPairEndsTheStream() throws Exception {
        sends();
        try (RawPeer chat = partner()) {
            chat.hears("</db:result>");
            assertThat(chat.says("<db:result from='other.example' to='corp.example' type='valid'/>")
                            .hearsToTheEnd())
                    .contains("<invalid-from ");
        }
    }

    private String claimed(RawPeer liar) throws Exception {
        liar.says("<db:result from='chat.example' to='corp.example'>key</db:result>");
        return liar.hears("</db:result>");
    }

    @Test
    void whoseDomainsServerSaysYesMayTalkAndCountsAsNoMoreThanThat() throws Exception {
        try (RawPeer peer = stranger()) {
            peer.says("<db:result from='chat.example' to='corp.example'>key</db:result>");
            try (RawPeer home = partner()) {
                String question = home.hears("</db:verify>");
                String id = question.replaceAll("(?s).*<db:verify[^>]* id='([^']*)'.*", "$1");
                home.says("<db:verify from='chat.example' to='corp.example' id='" + id + "' type='valid'/>");
            }
            peer.hears("type='valid'");
            peer.hears("/>");
            peer.says(IN);
            assertThat(edge.next().origin().trust()).isEqualTo(Trust.SPOOFABLE);
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
            liar.says("<db:result from='chat.example' to='corp.example'>key</db:result>");
            try (RawPeer home = partner()) {
                String question = home.hears("</db:verify>");
                String asked = question.replaceAll("(?s).*<db:verify[^>]* id='([^']*)'.*", "$1");
                home.says("<db:verify from='" + from + "' to='corp.example' id='" + id.replace("ID", asked)
                        + "' type='valid'/>");
                assertThat(home.hearsToTheEnd()).contains("<not-authorized ");
            }
            assertThat(liar.hears("</db:result>")).contains("type='error'", "remote-server-timeout");
            assertThat(liar.says(IN).hearsToTheEnd()).contains("<not-authorized ");
            assertThat(edge.received).isEmpty();
        }
    }

    @Test
    void whoseDomainsServerIsNotReachedIsToldSo() throws Exception {
        beside.server.close();
        try (RawPeer liar = stranger()) {
            assertThat(claimed(liar)).contains("type='error'", "remote-connection-failed");
        }
    }

    @Test
    void whoseDomainsServerIsNotFoundIsToldSo() throws Exception {
        beside.dns.replace(DnsServer.xmpp("chat.example", "nowhere.chat.example", 5269));
        try (RawPeer liar = stranger()) {
            assertThat(claimed(liar)).contains("type='error'", "remote-server-not-found");
        }
    }
}
