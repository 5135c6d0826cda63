// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many pairs of domains on one stream, outgoing: XEP-0220 section 2.6, interworking 4.9. */
@Timeout(120)
final class FurtherPairsTest {
    private static final DomainName SALES = DomainName.of("sales.example");
    private static final DomainName ROOMS = DomainName.of("rooms.chat.example");
    private static final String WITHOUT_ERRORS = "<dialback xmlns='urn:xmpp:features:dialback'/>";
    private static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";

    @TempDir
    Path directory;

    private EdgeBesideChat beside;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        beside = new EdgeBesideChat(directory, Map.of(), "rooms.chat.example");
        edge = beside.edge;
        edge.own = Set.of(Edge.CORP, SALES);
        edge.partner = Edge.partner(Edge.CHAT, 0, ROOMS);
    }

    @AfterEach
    void stop() throws Exception {
        beside.close();
    }

    private CompletableFuture<DeliveryOutcome> sends(DomainName own, DomainName partner, String id) {
        return edge.gateway
                .send(new OutgoingStanza(
                        Stanza.Kind.MESSAGE,
                        own,
                        partner,
                        "<message from='alice@" + own + "' to='bob@" + partner + "' id='" + id
                                + "'><body>hello</body></message>"))
                .toCompletableFuture();
    }

    private RawPeer partner(String features, String... alsoNamed) throws Exception {
        RawPeer peer = beside.accepts();
        peer.takesStream(beside.authority.issue(Leaf.of("chat.example").alsoNamed(alsoNamed)), features);
        return peer;
    }

    private static String result(DomainName partner, DomainName own, String rest) {
        return "<db:result from='" + partner + "' to='" + own + "' " + rest;
    }

    private static DeliveryOutcome of(CompletableFuture<DeliveryOutcome> message) throws Exception {
        return message.get(40, TimeUnit.SECONDS);
    }

    @Test
    void anotherOwnDomainGoesOutOnTheStreamThereIsOnceThePartnerTakesIt() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(DIALBACK)) {
            chat.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = sends(SALES, Edge.CHAT, "m2");
            assertThat(chat.hears("</db:result>"))
                    .contains("<db:result from='sales.example' to='chat.example'>")
                    .doesNotContain("m2");
            chat.says(result(Edge.CHAT, SALES, "type='valid'/>"));
            chat.hears("id='m2'");
            assertThat(of(message)).isEqualTo(new HandedOver());
            assertThat(edge.gateway.streams()).isEqualTo(1);
        }
    }

    @Test
    void anotherDomainOfThePartnerGoesOutThereIfTheCertificateNamesIt() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(DIALBACK, "rooms.chat.example")) {
            chat.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = sends(Edge.CORP, ROOMS, "m2");
            chat.hears("<db:result from='corp.example' to='rooms.chat.example'>");
            chat.says(result(ROOMS, Edge.CORP, "type='valid'/>"));
            chat.hears("id='m2'");
            assertThat(of(message)).isEqualTo(new HandedOver());
        }
    }

    @Test
    void aDomainThatTheCertificateDoesNotNameHasAStreamOfItsOwn() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(DIALBACK)) {
            chat.hears("id='m1'");
            sends(Edge.CORP, ROOMS, "m2");
            try (RawPeer rooms = beside.accepts()) {
                assertThat(rooms.hears("to='rooms.chat.example'")).contains("from='corp.example'");
            }
        }
    }

    @Test
    void whatThePartnerDoesNotTakeThereHasAStreamOfItsOwnAndTheFirstOneGoesOn() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(DIALBACK)) {
            chat.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = sends(SALES, Edge.CHAT, "m2");
            chat.hears("</db:result>");
            chat.says(result(
                    Edge.CHAT,
                    SALES,
                    "type='error'><error type='cancel'><policy-violation"
                            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>"));
            try (RawPeer other = partner(DIALBACK)) {
                other.hears("id='m2'");
                assertThat(of(message)).isEqualTo(new HandedOver());
                sends(Edge.CORP, Edge.CHAT, "m3");
                assertThat(chat.hears("id='m3'")).doesNotContain("m2");
            }
        }
    }

    /** XEP-0220 section 2.6: a server that does not announce errors would end the stream. */
    @Test
    void aServerThatAnnouncesNoErrorsIsAskedForItsOneDomainOnly() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(WITHOUT_ERRORS, "rooms.chat.example")) {
            chat.hears("id='m1'");
            sends(Edge.CORP, ROOMS, "m2");
            try (RawPeer rooms = beside.accepts()) {
                rooms.hears("to='rooms.chat.example'");
                sends(SALES, Edge.CHAT, "m3");
                chat.hears("<db:result from='sales.example' to='chat.example'>");
            }
        }
    }

    @Test
    void whomThePartnerThrewOutIsNotPutOnItsNextStreamAgain() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(WITHOUT_ERRORS)) {
            chat.hears("id='m1'");
            sends(SALES, Edge.CHAT, "m2");
            chat.hears("</db:result>");
            chat.says(result(Edge.CHAT, SALES, "type='invalid'/>") + "</stream:stream>");
        }
        try (RawPeer own = partner(WITHOUT_ERRORS)) {
            assertThat(own.hears("id='m2'")).doesNotContain("<db:result");
        }
    }

    @Test
    void aServerWithoutDialbackIsNotAskedAndHasAStreamForEachPair() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner("")) {
            chat.hears("id='m1'");
            sends(SALES, Edge.CHAT, "m2");
            try (RawPeer other = partner("")) {
                other.hears("id='m2'");
            }
        }
    }

    @Test
    void whatIsStillToBeTakenWhenTheStreamEndsHasAnother() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        CompletableFuture<DeliveryOutcome> message;
        try (RawPeer chat = partner(DIALBACK)) {
            chat.hears("id='m1'");
            message = sends(SALES, Edge.CHAT, "m2");
            chat.hears("</db:result>");
        }
        try (RawPeer other = partner(DIALBACK)) {
            other.hears("id='m2'");
            assertThat(of(message)).isEqualTo(new HandedOver());
        }
    }

    /** XEP-0220 section 5: an answer nobody asked for is an attempt to be taken for somebody else. */
    @Test
    void anAnswerNobodyAskedForEndsTheStream() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer chat = partner(DIALBACK)) {
            chat.hears("id='m1'");
            chat.says(result(ROOMS, SALES, "type='valid'/>"));
            assertThat(chat.hearsToTheEnd()).contains("not-authorized");
        }
    }

    /** Interworking 4.9: back come stanzas of pairs that were authenticated there, reversed, and of no others. */
    @ParameterizedTest
    @CsvSource({
        "eve@other.example, alice@corp.example, invalid-from",
        "bob@chat.example, alice@sales.example, invalid-from",
        "bob@rooms.chat.example, alice@corp.example, invalid-from",
        "alice@corp.example, bob@chat.example, invalid-from"
    })
    void onAStreamForBothDirectionsOnlyItsOwnPairsComeBack(String from, String to, String condition) throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer peer = beside.accepts()) {
            peer.takesStream(
                    beside.authority.issue(Leaf.of("chat.example").alsoNamed("rooms.chat.example")),
                    "<bidi xmlns='urn:xmpp:features:bidi'/>",
                    "");
            peer.hears("id='m1'");
            peer.says("<message from='bob@chat.example' to='alice@corp.example' id='right'/>");
            assertThat(edge.next().stanza().attributes().id()).isEqualTo("right");
            peer.says("<message from='" + from + "' to='" + to + "' id='wrong'/>");
            assertThat(peer.hearsToTheEnd()).contains("<" + condition + " ");
            assertThat(edge.received).isEmpty();
        }
    }

    @Test
    void whereNoStanzasWereAskedForNoneMayComeBack() throws Exception {
        sends(Edge.CORP, Edge.CHAT, "m1");
        try (RawPeer peer = partner("")) {
            peer.hears("id='m1'");
            peer.says("<message from='bob@chat.example' to='alice@corp.example' id='back'/>");
            assertThat(peer.hearsToTheEnd()).contains("<not-authorized ");
            assertThat(edge.received).isEmpty();
        }
    }
}
