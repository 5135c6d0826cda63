// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.ASKED;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static io.drawbridge.xmpp.internal.stream.RawPeer.EXTERNAL;
import static io.drawbridge.xmpp.internal.stream.RawPeer.answer;
import static io.drawbridge.xmpp.internal.stream.RawPeer.claim;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner.Negotiation;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers may not do, and what they are told: RFC 6120 section 4.9, XEP-0220 sections 2 and 5, interworking 4. */
@Timeout(60)
final class HostilePeerTest {
    @RegisterExtension
    final EdgeBesideChat chat =
            new EdgeBesideChat(Map.of("streamEstablishmentTimeoutSeconds", "5", "unauthenticatedPerAddress", "3"));

    private RawPeer authenticated() throws Exception {
        RawPeer peer = chat.connects().secured(chat.credential());
        assertThat(peer.opens()).contains("EXTERNAL", "urn:xmpp:features:bidi", "max-bytes");
        peer.says(EXTERNAL).hears("<success");
        peer.hears("/>");
        assertThat(peer.opens()).contains("urn:xmpp:sm:3").doesNotContain("EXTERNAL");
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
            peer.says(message("bob@chat.example/x", "alice@corp.example") + ASKED);
            assertThat(peer.hears("h='1'")).contains("<a ");
            assertThat(chat.edge.next().origin().trust()).isEqualTo(Trust.STRONG);
        }
    }

    @Test
    void whoIsNoPartnerAnyMoreHasNoStreamAnyMore() throws Exception {
        try (RawPeer peer = authenticated()) {
            peer.says(message("bob@chat.example/x", "alice@corp.example"));
            chat.edge.next();
            chat.edge.partner = null;
            assertThat(peer.hears(END)).contains("policy-violation");
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
            assertThat(peer.says(message(from, to)).hearsToTheEnd()).contains("<" + condition + " ", END);
            assertThat(chat.edge.received).isEmpty();
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
        try (RawPeer peer = chat.connects()) {
            assertThat(peer.says(RawPeer.HEADER.replaceFirst(right, wrong)).hearsToTheEnd())
                    .contains("<stream:stream ", "<" + condition + " ", END);
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.12",
            requirement = "not-authorized: a stanza came before the peer was authenticated")
    void stanzasBeforeAuthenticationEndTheStream() throws Exception {
        try (RawPeer peer = chat.connects()) {
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
        try (RawPeer peer = chat.connects()) {
            peer.opens();
            peer.says(claim("key"));
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
        chat.edge.partner = Edge.partner(Negotiation.OPTIONAL, Negotiation.OPTIONAL, true, true);
        try (RawPeer liar = chat.connects()) {
            liar.opens();
            liar.says(claim("guess"));
            try (RawPeer home = chat.accepts()) {
                String opened = home.hears("xml:lang='en'>");
                assertThat(opened).contains("from='corp.example'", "to='chat.example'");
                home.says(answer("i1") + "<stream:features/>");
                String question = home.hears("</db:verify>");
                assertThat(question).contains(">guess<");
                String id = RawPeer.id(question);
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
        try (RawPeer peer = chat.connects().secured(chat.authority.issue(Leaf.of("evil.example")))) {
            assertThat(peer.opens()).doesNotContain("EXTERNAL");
            assertThat(peer.says(EXTERNAL).hears("</failure>")).contains("not-authorized");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "6.4.5",
            requirement = "Failed attempts may be repeated a few times only")
    void anotherAuthorizationIdentityIsRefusedAndAttemptsAreFew() throws Exception {
        try (RawPeer peer = chat.connects().secured(chat.credential())) {
            peer.opens();
            assertThat(peer.says(EXTERNAL.replace(">=<", ">ZXZpbC5leGFtcGxl<")).hears("</failure>"))
                    .contains("invalid-authzid");
            assertThat(peer.says(EXTERNAL.replace(">=<", ">!<")).hears("</failure>"))
                    .contains("incorrect-encoding");
            assertThat(peer.says(EXTERNAL.replace("EXTERNAL", "PLAIN").replace(">=<", "><"))
                            .hearsToTheEnd())
                    .contains("<policy-violation ");
        }
    }

    @Test
    @Specified(document = "RFC 6120", section = "5.4.3.3", requirement = "What came before TLS is forgotten")
    void whatIsSlippedInAheadOfTlsIsRefused() throws Exception {
        try (RawPeer peer = chat.connects()) {
            peer.opens();
            assertThat(peer.says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><auth")
                            .hearsToTheEnd())
                    .doesNotContain("<proceed")
                    .contains("<policy-violation ");
        }
    }

    @Test
    void aPeerThatNegotiatesForeverIsClosed() throws Exception {
        try (RawPeer peer = chat.connects()) {
            assertThat(peer.says(RawPeer.HEADER).hearsToTheEnd()).contains("<connection-timeout ");
        }
    }

    @Test
    void strangersFromOneAddressAreFew() throws Exception {
        try (RawPeer one = chat.connects();
                RawPeer two = chat.connects();
                RawPeer three = chat.connects()) {
            for (RawPeer peer : new RawPeer[] {one, two, three}) {
                peer.opens();
            }
            try (RawPeer four = chat.connects()) {
                assertThat(four.hearsToTheEnd()).contains("<resource-constraint ");
            }
        }
    }

    @Test
    void aServerThatProvesNothingGetsNothing() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = chat.edge.sends("secret");
        try (RawPeer evil = chat.accepts()) {
            evil.hears("xml:lang='en'>");
            evil.says(answer("i1") + "<stream:features/>");
            evil.hears("<starttls");
            evil.hears("/>");
            evil.says("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            evil.shakeHands(chat.authority.issue(Leaf.of("evil.example")), false);
            assertThat(evil.hearsToTheEnd()).doesNotContain("stream:stream", "secret");
        }
        assertThat(failureOf(outcome).condition()).isEqualTo(Condition.INTERNAL_SERVER_ERROR);
    }

    @Test
    @Specified(document = "RFC 7590", section = "3.1", requirement = "TLS is not negotiated away")
    void aServerThatRefusesTlsGetsNothing() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = chat.edge.sends("secret");
        try (RawPeer old = chat.accepts()) {
            old.hears("xml:lang='en'>");
            old.says(answer("i1") + "<stream:features/>");
            old.hears("<starttls");
            old.says("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
            assertThat(old.says(END).hearsToTheEnd()).doesNotContain("secret");
        }
        assertThat(failureOf(outcome).condition()).isEqualTo(Condition.REMOTE_SERVER_TIMEOUT);
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = chat.edge.sends("secret");
        try (RawPeer silent = chat.accepts()) {
            assertThat(silent.hearsToTheEnd()).contains("<connection-timeout ");
        }
        assertThat(failureOf(outcome).condition()).isEqualTo(Condition.REMOTE_SERVER_TIMEOUT);
        assertThat(failureOf(chat.edge.sends("m2")).retryAfter())
                .as("the next attempt waits")
                .isPresent();
    }

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "What was not acknowledged may have arrived: its sender is told, and it is not sent twice")
    void aStanzaThatWasTakenButNotAcknowledgedIsAnErrorAndNotSentAgain() throws Exception {
        CompletableFuture<DeliveryOutcome> outcome = chat.edge.sends("secret");
        try (RawPeer peer = chat.accepts()) {
            assertThat(peer.takesStream(chat.credential(), "", RawPeer.COUNTS)).contains("Y29ycC5leGFtcGxl");
            peer.hears("<enable ");
            assertThat(peer.hears(ASKED)).contains("secret");
            assertThat(outcome).isNotDone();
        }
        assertThat(failureOf(outcome).condition()).isEqualTo(Condition.REMOTE_SERVER_TIMEOUT);
        Eventually.await("the end of the stream", Duration.ofSeconds(5), () -> chat.edge.gateway.streams() == 0);
    }
}
