// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.testbed.Specified;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How large stanzas may be and how many streams there may be, said and heard: interworking 4.13, lync-edge 8.5. */
@Timeout(60)
final class StreamLimitsTest {
    private static final DomainName OTHER = DomainName.of("other.example");
    private static final String LIMITS = "<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>";
    private static final String TEN_THOUSAND = LIMITS + "10000</max-bytes></limits>";

    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(
            Map.of("maxStanzaBytes", "20000", "connectionLimit", "3", "partnerConnectionLimit", "2"));

    /** Sends a message of so many octets. */
    private CompletableFuture<DeliveryOutcome> sends(int octets) {
        String start = "<message from='alice@corp.example' to='bob@chat.example'><body>";
        String end = "</body></message>";
        String body = "x".repeat(octets - start.length() - end.length());
        return chat.edge.sendsXml(Edge.CORP, Edge.CHAT, start + body + end);
    }

    private static void isTooLarge(CompletableFuture<DeliveryOutcome> message) throws Exception {
        assertThat(failureOf(message).condition()).isEqualTo(Condition.POLICY_VIOLATION);
    }

    @Test
    @Specified(
            document = "XEP-0478",
            section = "3",
            requirement = "What is larger than the peer takes is not sent, and its sender is told")
    void whatIsTooLargeForThePartnerIsNotSentAndTheStreamGoesOn() throws Exception {
        CompletableFuture<DeliveryOutcome> tooLarge = sends(10_001);
        try (RawPeer peer = chat.takesStream(TEN_THOUSAND)) {
            isTooLarge(tooLarge);
            CompletableFuture<DeliveryOutcome> fits = sends(10_000);
            peer.hears("<message");
            assertThat(peer.hears("</message>")).hasSize(10_000 - "<message".length());
            assertThat(outcomeOf(fits)).isEqualTo(new HandedOver());
        }
    }

    @Test
    @Specified(
            document = "XEP-0478",
            section = "3",
            requirement =
                    "Who opens a stream for both directions says its limits with that wish, and is kept to be heard")
    void onAStreamForBothDirectionsEachEndKeepsToTheOthersLimits() throws Exception {
        try (RawPeer peer = chat.opensStream("<bidi xmlns='urn:xmpp:bidi'>" + TEN_THOUSAND + "</bidi>")) {
            isTooLarge(sends(10_001));
            sends(9_000);
            peer.hears("<message");
            assertThat(peer.hears("</message>")).hasSize(9_000 - "<message".length());
        }
        sends(9_000);
        try (RawPeer peer = chat.accepts()) {
            String wish = peer.takesStream(chat.credential(), "<bidi xmlns='urn:xmpp:features:bidi'/>", "");
            assertThat(wish)
                    .contains("<bidi xmlns='urn:xmpp:bidi'>" + LIMITS + "20000</max-bytes>"
                            + "<idle-seconds>600</idle-seconds></limits></bidi>");
        }
    }

    /** Interworking 4.13: 10,000 octets before authentication, as many as configured after it, and never more. */
    @Test
    void aStanzaOfMoreThanIsAnnouncedEndsTheStreamIsCountedAndHarmsNobodyElse() throws Exception {
        chat.edge.other = Edge.partner(OTHER, 0);
        String start = "<message from='bob@chat.example' to='alice@corp.example'><body>";
        try (RawPeer peer = chat.opensStream("");
                RawPeer other = chat.opensStreamAs("other.example", "")) {
            peer.says(start + "x".repeat(15_000) + "</body></message>");
            assertThat(chat.edge.next().origin().partner()).isEqualTo(Edge.CHAT);
            peer.says(start + "x".repeat(20_001));
            assertThat(peer.hearsToTheEnd()).contains("<policy-violation ");
            assertThat(chat.edge.counted("drawbridge_xmpp_stream_errors_sent", "policy-violation"))
                    .isEqualTo(1);
            other.says(start.replace("chat", "other") + "x</body></message>");
            assertThat(chat.edge.next().origin().partner()).isEqualTo(OTHER);
        }
    }

    @Test
    void aPartnerHasSoManyStreamsAndOthersHaveTheirs() throws Exception {
        chat.edge.other = Edge.partner(OTHER, 0);
        try (RawPeer one = chat.opensStream("");
                RawPeer two = chat.opensStream("");
                RawPeer three = chat.connects().secured(chat.credential())) {
            three.opens();
            assertThat(three.says(RawPeer.EXTERNAL).hearsToTheEnd()).contains("<resource-constraint ");
            assertThat(chat.edge.counted("drawbridge_xmpp_limits_hit", "partner_connections"))
                    .isEqualTo(1);
            two.says(END).hearsToTheEnd();
            chat.opensStreamAs("other.example", "").close();
            one.says("<message from='bob@chat.example' to='alice@corp.example'><body>x</body></message>");
            chat.edge.next();
        }
    }

    @Test
    void allPartnersTogetherHaveSoManyStreams() throws Exception {
        chat.edge.other = Edge.partner(OTHER, 0);
        try (RawPeer one = chat.opensStream("");
                RawPeer two = chat.opensStream("");
                RawPeer three = chat.opensStreamAs("other.example", "");
                RawPeer four = chat.connects()) {
            assertThat(four.hearsToTheEnd()).contains("<resource-constraint ");
            assertThat(chat.edge.counted("drawbridge_xmpp_limits_hit", "connections"))
                    .isEqualTo(1);
            for (RawPeer served : new RawPeer[] {one, two, three}) {
                assertThat(served.says(END).hearsToTheEnd()).isEqualTo(END);
            }
        }
    }
}
