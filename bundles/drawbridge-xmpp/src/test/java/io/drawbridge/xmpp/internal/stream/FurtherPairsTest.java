// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.DIALBACK;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.testbed.Leaf;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many pairs of domains on one stream, outgoing: XEP-0220 section 2.6, interworking 4.9. */
@Timeout(120)
final class FurtherPairsTest {
    private static final DomainName SALES = DomainName.of("sales.example");
    private static final DomainName ROOMS = DomainName.of("rooms.chat.example");
    private static final String WITHOUT_ERRORS = "<dialback xmlns='urn:xmpp:features:dialback'/>";

    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of(), "rooms.chat.example");

    @BeforeEach
    void bothHaveTwoDomains() {
        chat.edge.own = Set.of(Edge.CORP, SALES);
        chat.edge.partner = Edge.partner(Edge.CHAT, 0, ROOMS);
    }

    private RawPeer partner(String features, String... alsoNamed) throws Exception {
        RawPeer peer = chat.accepts();
        peer.takesStream(chat.authority.issue(Leaf.of("chat.example").alsoNamed(alsoNamed)), features);
        return peer;
    }

    private static String result(DomainName partner, DomainName own, String rest) {
        return "<db:result from='" + partner + "' to='" + own + "' " + rest;
    }

    @Test
    void anotherOwnDomainGoesOutOnTheStreamThereIsOnceThePartnerTakesIt() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(DIALBACK)) {
            peer.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = chat.edge.sends(SALES, Edge.CHAT, "m2");
            assertThat(peer.hears("</db:result>"))
                    .contains("<db:result from='sales.example' to='chat.example'>")
                    .doesNotContain("m2");
            peer.says(result(Edge.CHAT, SALES, "type='valid'/>"));
            peer.hears("id='m2'");
            assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
            assertThat(chat.edge.gateway.streams()).isEqualTo(1);
        }
    }

    @Test
    void anotherDomainOfThePartnerGoesOutThereIfTheCertificateNamesIt() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(DIALBACK, "rooms.chat.example")) {
            peer.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = chat.edge.sends(Edge.CORP, ROOMS, "m2");
            peer.hears("<db:result from='corp.example' to='rooms.chat.example'>");
            peer.says(result(ROOMS, Edge.CORP, "type='valid'/>"));
            peer.hears("id='m2'");
            assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
        }
    }

    @Test
    void aDomainThatTheCertificateDoesNotNameHasAStreamOfItsOwn() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(DIALBACK)) {
            peer.hears("id='m1'");
            chat.edge.sends(Edge.CORP, ROOMS, "m2");
            try (RawPeer rooms = chat.accepts()) {
                assertThat(rooms.hears("to='rooms.chat.example'")).contains("from='corp.example'");
            }
        }
    }

    @Test
    void whatThePartnerDoesNotTakeThereHasAStreamOfItsOwnAndTheFirstOneGoesOn() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(DIALBACK)) {
            peer.hears("id='m1'");
            CompletableFuture<DeliveryOutcome> message = chat.edge.sends(SALES, Edge.CHAT, "m2");
            peer.hears("</db:result>");
            peer.says(result(
                    Edge.CHAT,
                    SALES,
                    "type='error'><error type='cancel'><policy-violation"
                            + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></db:result>"));
            try (RawPeer other = partner(DIALBACK)) {
                other.hears("id='m2'");
                assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
                chat.edge.sends("m3");
                assertThat(peer.hears("id='m3'")).doesNotContain("m2");
            }
        }
    }

    /** XEP-0220 section 2.6: a server that does not announce errors would end the stream. */
    @Test
    void aServerThatAnnouncesNoErrorsIsAskedForItsOneDomainOnly() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(WITHOUT_ERRORS, "rooms.chat.example")) {
            peer.hears("id='m1'");
            chat.edge.sends(Edge.CORP, ROOMS, "m2");
            try (RawPeer rooms = chat.accepts()) {
                rooms.hears("to='rooms.chat.example'");
                chat.edge.sends(SALES, Edge.CHAT, "m3");
                peer.hears("<db:result from='sales.example' to='chat.example'>");
            }
        }
    }

    @Test
    void whomThePartnerThrewOutIsNotPutOnItsNextStreamAgain() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(WITHOUT_ERRORS)) {
            peer.hears("id='m1'");
            chat.edge.sends(SALES, Edge.CHAT, "m2");
            peer.hears("</db:result>");
            peer.says(result(Edge.CHAT, SALES, "type='invalid'/>") + END);
        }
        try (RawPeer own = partner(WITHOUT_ERRORS)) {
            assertThat(own.hears("id='m2'")).doesNotContain("<db:result");
        }
    }

    @Test
    void aServerWithoutDialbackIsNotAskedAndHasAStreamForEachPair() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner("")) {
            peer.hears("id='m1'");
            chat.edge.sends(SALES, Edge.CHAT, "m2");
            try (RawPeer other = partner("")) {
                other.hears("id='m2'");
            }
        }
    }

    @Test
    void whatIsStillToBeTakenWhenTheStreamEndsHasAnother() throws Exception {
        chat.edge.sends("m1");
        CompletableFuture<DeliveryOutcome> message;
        try (RawPeer peer = partner(DIALBACK)) {
            peer.hears("id='m1'");
            message = chat.edge.sends(SALES, Edge.CHAT, "m2");
            peer.hears("</db:result>");
        }
        try (RawPeer other = partner(DIALBACK)) {
            other.hears("id='m2'");
            assertThat(outcomeOf(message)).isEqualTo(new HandedOver());
        }
    }

    /** XEP-0220 section 5: an answer nobody asked for is an attempt to be taken for somebody else. */
    @Test
    void anAnswerNobodyAskedForEndsTheStream() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner(DIALBACK)) {
            peer.hears("id='m1'");
            peer.says(result(ROOMS, SALES, "type='valid'/>"));
            assertThat(peer.hearsToTheEnd()).contains("not-authorized");
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
        chat.edge.sends("m1");
        try (RawPeer peer = chat.accepts()) {
            peer.takesStream(
                    chat.authority.issue(Leaf.of("chat.example").alsoNamed("rooms.chat.example")),
                    "<bidi xmlns='urn:xmpp:features:bidi'/>",
                    "");
            peer.hears("id='m1'");
            peer.says("<message from='bob@chat.example' to='alice@corp.example' id='right'/>");
            assertThat(chat.edge.next().stanza().attributes().id()).isEqualTo("right");
            peer.says("<message from='" + from + "' to='" + to + "' id='wrong'/>");
            assertThat(peer.hearsToTheEnd()).contains("<" + condition + " ");
            assertThat(chat.edge.received).isEmpty();
        }
    }

    @Test
    void whereNoStanzasWereAskedForNoneMayComeBack() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer = partner("")) {
            peer.hears("id='m1'");
            peer.says("<message from='bob@chat.example' to='alice@corp.example' id='back'/>");
            assertThat(peer.hearsToTheEnd()).contains("<not-authorized ");
            assertThat(chat.edge.received).isEmpty();
        }
    }
}
