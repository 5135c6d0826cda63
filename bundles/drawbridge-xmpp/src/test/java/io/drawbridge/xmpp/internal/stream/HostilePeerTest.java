// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Leaf;
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

/** What peers may not do, and what they are told: RFC 6120 section 4.9, XEP-0220 sections 2 and 5, interworking 4. */
@Timeout(60)
final class HostilePeerTest {
    private static final String AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>";

    @TempDir
    Path directory;

    private EdgeBesideChat chat;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        chat = new EdgeBesideChat(
                directory, Map.of("streamEstablishmentTimeoutSeconds", "5", "unauthenticatedPerAddress", "3"));
        edge = chat.edge;
    }

    @AfterEach
    void stop() throws Exception {
        chat.close();
    }

    private Credential credential() {
        return chat.authority.issue(Leaf.of("chat.example"));
    }

    private RawPeer authenticated() throws Exception {
        RawPeer peer = RawPeer.to(edge.port).secured(credential());
        assertThat(peer.says(RawPeer.HEADER).hears("</stream:features>"))
                .contains("EXTERNAL", "urn:xmpp:features:bidi", "max-bytes");
        peer.says(AUTH + "=</auth>").hears("<success");
        peer.hears("/>");
        assertThat(peer.says(RawPeer.HEADER).hears("</stream:features>"))
                .contains("urn:xmpp:sm:3")
                .doesNotContain("EXTERNAL");
        return peer;
    }

    private static String message(String from, String to) {
        return "<message from='" + from + "' to='" + to + "'><body>x</body></message>";
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "8.1.2.2",
            requirement = "A server has validated the domain of from before it routes a stanza")
    void whatIsAuthenticatedPassesAndIsCounted() throws Exception {
        try (RawPeer peer = authenticated()) {
            peer.says("<enable xmlns='urn:xmpp:sm:3'/>").hears("<enabled");
            peer.says(message("bob@chat.example/x", "alice@corp.example") + "<r xmlns='urn:xmpp:sm:3'/>");
            assertThat(peer.hears("h='1'")).contains("<a ");
            assertThat(edge.next().origin().trust()).isEqualTo(Trust.STRONG);
        }
    }

    @Test
    void whoIsNoPartnerAnyMoreHasNoStreamAnyMore() throws Exception {
        try (RawPeer peer = authenticated()) {
            peer.says(message("bob@chat.example/x", "alice@corp.example"));
            edge.next();
            edge.partner = null;
            assertThat(peer.hears("</stream:stream>")).contains("policy-violation");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eve@other.example, alice@corp.example, invalid-from",
        "bob@chat.example.evil.example, alice@corp.example, invalid-from",
        "chat.example@evil.example, alice@corp.example, invalid-from",
        "evil.example/chat.example, alice@corp.example, invalid-from",
        "alice@corp.example, alice@corp.example, invalid-from",
        "bob@chat.example, eve@other.example, host-unknown",
        "'', alice@corp.example, improper-addressing",
        "bob@chat.example, '', improper-addressing",
        "bob@127.0.0.1, alice@corp.example, improper-addressing"
    })
    @Specified(
            document = "RFC 6120",
            section = "8.1.1.2",
            requirement = "A stanza between servers is of the domains that the stream authenticated")
    void aStanzaOfAnotherPairEndsTheStream(String from, String to, String condition) throws Exception {
        try (RawPeer peer = authenticated()) {
            assertThat(peer.says(message(from, to)).hearsToTheEnd())
                    .contains("<" + condition + " ", "</stream:stream>");
            assertThat(edge.received).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "to='corp.example', to='other.example', host-unknown",
        "to='corp.example', '', improper-addressing",
        "from='chat.example', from='a b', invalid-from",
        "from='chat.example', from='127.0.0.1', invalid-from",
        "from='chat.example', from='stranger.example', policy-violation",
        "version='1.0'>, version='2.0'>, unsupported-version",
        "jabber:server', jabber:client', invalid-namespace"
    })
    @Specified(
            document = "RFC 6120",
            section = "4.9.1.2",
            requirement = "An error of the header is told on a stream that was opened for it")
    void aWrongHeaderIsAnsweredWithAHeaderAndItsError(String right, String wrong, String condition) throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port)) {
            assertThat(peer.says(RawPeer.HEADER.replaceFirst(right, wrong)).hearsToTheEnd())
                    .contains("<stream:stream ", "<" + condition + " ", "</stream:stream>");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.12",
            requirement = "not-authorized: a stanza came before the peer was authenticated")
    void stanzasBeforeAuthenticationEndTheStream() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port)) {
            peer.says(RawPeer.HEADER).hears("<required/>");
            assertThat(peer.says(message("bob@chat.example", "alice@corp.example"))
                            .hearsToTheEnd())
                    .contains("<not-authorized ");
        }
    }

    @ParameterizedTest
    @CsvSource({"result, valid", "result, invalid", "verify, valid", "verify, invalid", "result, error"})
    @Specified(document = "XEP-0220", section = "2", requirement = "A result is taken only by who sent a key")
    void dialbackResultsNobodyAskedForEndTheStream(String element, String type) throws Exception {
        try (RawPeer peer = authenticated()) {
            String answer = "<db:" + element + " from='chat.example' to='corp.example' id='s' type='" + type + "'/>";
            assertThat(peer.says(answer).hearsToTheEnd()).contains("<not-authorized ");
        }
    }

    @Test
    void dialbackThatTheSettingsForbidIsRefused() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port)) {
            peer.says(RawPeer.HEADER).hears("</stream:features>");
            peer.says("<db:result from='chat.example' to='corp.example'>key</db:result>");
            assertThat(peer.hears("</db:result>")).contains("type='error'", "policy-violation");
        }
    }

    @Test
    @Specified(document = "XEP-0220", section = "2", requirement = "item-not-found: the domain is not served")
    void dialbackForADomainThatIsNotServedIsAnError() throws Exception {
        try (RawPeer peer = authenticated()) {
            peer.says("<db:result from='chat.example' to='other.example'>key</db:result>");
            assertThat(peer.hears("</db:result>")).contains("type='error'", "item-not-found");
        }
    }

    @Test
    @Specified(document = "XEP-0220", section = "2", requirement = "An invalid key authenticates nobody")
    void aKeyThatThePartnersServerDisownsEndsTheStream() throws Exception {
        edge.partner = Edge.partner(Negotiation.OPTIONAL, Negotiation.OPTIONAL, true, true);
        try (RawPeer liar = RawPeer.to(edge.port)) {
            liar.says(RawPeer.HEADER).hears("</stream:features>");
            liar.says("<db:result from='chat.example' to='corp.example'>guess</db:result>");
            try (RawPeer home = chat.accepts()) {
                String opened = home.hears("xml:lang='en'>");
                assertThat(opened).contains("from='corp.example'", "to='chat.example'");
                home.says(answerHeader() + "<stream:features/>");
                String question = home.hears("</db:verify>");
                assertThat(question).contains(">guess<");
                String id = question.replaceAll("(?s).*<db:verify[^>]* id='([^']*)'.*", "$1");
                home.says("<db:verify from='chat.example' to='corp.example' id='" + id + "' type='invalid'/>");
            }
            assertThat(liar.hearsToTheEnd()).contains("type='invalid'");
        }
    }

    @Test
    @Specified(
            document = "XEP-0178",
            section = "3",
            requirement = "EXTERNAL is offered only where the certificate names the domain")
    void aCertificateOfAnotherDomainIsNotOfferedToAuthenticate() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port).secured(chat.authority.issue(Leaf.of("evil.example")))) {
            assertThat(peer.says(RawPeer.HEADER).hears("</stream:features>")).doesNotContain("EXTERNAL");
            assertThat(peer.says(AUTH + "=</auth>").hears("</failure>")).contains("not-authorized");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "6.4.5",
            requirement = "Failed attempts may be repeated a few times only")
    void anotherAuthorizationIdentityIsRefusedAndAttemptsAreFew() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port).secured(credential())) {
            peer.says(RawPeer.HEADER).hears("</stream:features>");
            assertThat(peer.says(AUTH + "ZXZpbC5leGFtcGxl</auth>").hears("</failure>"))
                    .contains("invalid-authzid");
            assertThat(peer.says(AUTH + "!</auth>").hears("</failure>")).contains("incorrect-encoding");
            assertThat(peer.says(AUTH.replace("EXTERNAL", "PLAIN") + "</auth>").hearsToTheEnd())
                    .contains("<policy-violation ");
        }
    }

    @Test
    @Specified(document = "RFC 6120", section = "5.4.3.3", requirement = "What came before TLS is forgotten")
    void whatIsSlippedInAheadOfTlsIsRefused() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port)) {
            peer.says(RawPeer.HEADER).hears("</stream:features>");
            assertThat(peer.says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><auth")
                            .hearsToTheEnd())
                    .doesNotContain("<proceed")
                    .contains("<policy-violation ");
        }
    }

    @Test
    void aPeerThatNegotiatesForeverIsClosed() throws Exception {
        try (RawPeer peer = RawPeer.to(edge.port)) {
            assertThat(peer.says(RawPeer.HEADER).hearsToTheEnd()).contains("<connection-timeout ");
        }
    }

    @Test
    void strangersFromOneAddressAreFew() throws Exception {
        try (RawPeer one = RawPeer.to(edge.port);
                RawPeer two = RawPeer.to(edge.port);
                RawPeer three = RawPeer.to(edge.port)) {
            for (RawPeer peer : new RawPeer[] {one, two, three}) {
                peer.says(RawPeer.HEADER).hears("</stream:features>");
            }
            try (RawPeer four = RawPeer.to(edge.port)) {
                assertThat(four.hearsToTheEnd()).contains("<resource-constraint ");
            }
        }
    }

    @Test
    void aServerThatProvesNothingGetsNothing() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = send();
        try (RawPeer evil = chat.accepts()) {
            evil.hears("xml:lang='en'>");
            evil.says(answerHeader() + "<stream:features/>");
            evil.hears("<starttls");
            evil.hears("/>");
            evil.says("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            evil.shakeHands(chat.authority.issue(Leaf.of("evil.example")), false);
            assertThat(evil.hearsToTheEnd()).doesNotContain("stream:stream", "secret");
        }
        assertFailed(outcome, Condition.INTERNAL_SERVER_ERROR);
    }

    @Test
    @Specified(document = "RFC 7590", section = "3.1", requirement = "TLS is not negotiated away")
    void aServerThatRefusesTlsGetsNothing() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = send();
        try (RawPeer old = chat.accepts()) {
            old.hears("xml:lang='en'>");
            old.says(answerHeader() + "<stream:features/>");
            old.hears("<starttls");
            old.says("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            assertThat(old.says("</stream:stream>").hearsToTheEnd()).doesNotContain("secret");
        }
        assertFailed(outcome, Condition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = send();
        try (RawPeer silent = chat.accepts()) {
            assertThat(silent.hearsToTheEnd()).contains("<connection-timeout ");
        }
        assertFailed(outcome, Condition.REMOTE_SERVER_TIMEOUT);
        assertThat(edge.send("<message/>"))
                .as("the next attempt waits")
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.retryAfter()).isPresent());
    }

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "What was not acknowledged may have arrived: its sender is told, and it is not sent twice")
    void aStanzaThatWasTakenButNotAcknowledgedIsAnErrorAndNotSentAgain() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = send();
        try (RawPeer peer = chat.accepts()) {
            peer.hears("xml:lang='en'>");
            peer.says(answerHeader()
                    + "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>");
            peer.hears("<starttls");
            peer.hears("/>");
            peer.says("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            peer.shakeHands(credential(), false);
            peer.hears("xml:lang='en'>");
            peer.says(answerHeader() + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                    + "<mechanism>EXTERNAL</mechanism></mechanisms></stream:features>");
            assertThat(peer.hears("</auth>")).contains("Y29ycC5leGFtcGxl");
            peer.says("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>").hears("xml:lang='en'>");
            peer.says(answerHeader() + "<stream:features><sm xmlns='urn:xmpp:sm:3'/></stream:features>");
            peer.hears("<enable ");
            assertThat(peer.hears("<r xmlns='urn:xmpp:sm:3'/>")).contains("secret");
            assertThat(outcome).isNotDone();
        }
        assertFailed(outcome, Condition.REMOTE_SERVER_TIMEOUT);
        Eventually.await("the end of the stream", Duration.ofSeconds(5), () -> edge.gateway.streams() == 0);
    }

    private static String answerHeader() {
        return "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                + " xmlns:stream='http://etherx.jabber.org/streams' from='chat.example' to='corp.example' id='i1'"
                + " version='1.0'>";
    }

    private CompletableFuture<DeliveryOutcome> send() {
        return edge.gateway
                .send(new OutgoingStanza(
                        Stanza.Kind.MESSAGE,
                        Edge.CORP,
                        Edge.CHAT,
                        "<message from='alice@corp.example' to='bob@chat.example'><body>secret</body></message>"))
                .toCompletableFuture();
    }

    private static void assertFailed(CompletableFuture<DeliveryOutcome> outcome, Condition condition) throws Exception {
        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.condition()).isEqualTo(condition));
    }
}
