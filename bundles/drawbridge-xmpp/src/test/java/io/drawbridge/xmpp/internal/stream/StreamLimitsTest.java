// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How large stanzas may be and how many streams there may be, said and heard: interworking 4.13, lync-edge 8.5. */
@Timeout(60)
final class StreamLimitsTest {
    private static final DomainName OTHER = DomainName.of("other.example");
    private static final String LIMITS = "<limits xmlns='urn:xmpp:stream-limits:0'><max-bytes>";
    private static final String TEN_THOUSAND = LIMITS + "10000</max-bytes></limits>";

    @TempDir
    Path directory;

    private EdgeBesideChat beside;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        beside = new EdgeBesideChat(
                directory, Map.of("maxStanzaBytes", "20000", "connectionLimit", "3", "partnerConnectionLimit", "2"));
        edge = beside.edge;
    }

    @AfterEach
    void stop() throws Exception {
        beside.close();
    }

    private RawPeer peer(String domain, String beforeAuth) throws Exception {
        return RawPeer.to(edge.port).authenticated(beside.authority.issue(Leaf.of(domain)), domain, beforeAuth);
    }

    /** Sends a message of so many octets. */
    private CompletableFuture<DeliveryOutcome> sends(int octets) {
        String start = "<message from='alice@corp.example' to='bob@chat.example'><body>";
        String end = "</body></message>";
        String body = "x".repeat(octets - start.length() - end.length());
        return edge.gateway
                .send(new OutgoingStanza(Stanza.Kind.MESSAGE, Edge.CORP, Edge.CHAT, start + body + end))
                .toCompletableFuture();
    }

    private static void isTooLarge(CompletableFuture<DeliveryOutcome> message) throws Exception {
        assertThat(message.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.condition()).isEqualTo(Condition.POLICY_VIOLATION));
    }

    @Test
    @Specified(
            document = "XEP-0478",
            section = "3",
            requirement = "What is larger than the peer takes is not sent, and its sender is told")
    void whatIsTooLargeForThePartnerIsNotSentAndTheStreamGoesOn() throws Exception {
        CompletableFuture<DeliveryOutcome> tooLarge = sends(10_001);
        try (RawPeer chat = beside.accepts()) {
            chat.takesStream(beside.authority.issue(Leaf.of("chat.example")), TEN_THOUSAND);
            isTooLarge(tooLarge);
            CompletableFuture<DeliveryOutcome> fits = sends(10_000);
            chat.hears("<message");
            assertThat(chat.hears("</message>")).hasSize(10_000 - "<message".length());
            assertThat(fits.get(30, TimeUnit.SECONDS)).isEqualTo(new HandedOver());
        }
    }

    @Test
    @Specified(
            document = "XEP-0478",
            section = "3",
            requirement =
                    "Who opens a stream for both directions says its limits with that wish, and is kept to be heard")
    void onAStreamForBothDirectionsEachEndKeepsToTheOthersLimits() throws Exception {
        try (RawPeer chat = peer("chat.example", "<bidi xmlns='urn:xmpp:bidi'>" + TEN_THOUSAND + "</bidi>")) {
            isTooLarge(sends(10_001));
            sends(9_000);
            chat.hears("<message");
            assertThat(chat.hears("</message>")).hasSize(9_000 - "<message".length());
        }
        sends(9_000);
        try (RawPeer chat = beside.accepts()) {
            String wish = chat.takesStream(
                    beside.authority.issue(Leaf.of("chat.example")), "<bidi xmlns='urn:xmpp:features:bidi'/>", "");
            assertThat(wish)
                    .contains("<bidi xmlns='urn:xmpp:bidi'>" + LIMITS + "20000</max-bytes>"
                            + "<idle-seconds>600</idle-seconds></limits></bidi>");
        }
    }

    /** Interworking 4.13: 10,000 octets before authentication, as many as configured after it, and never more. */
    @Test
    void aStanzaOfMoreThanIsAnnouncedEndsTheStreamIsCountedAndHarmsNobodyElse() throws Exception {
        edge.other = Edge.partner(OTHER, 0);
        String start = "<message from='bob@chat.example' to='alice@corp.example'><body>";
        try (RawPeer chat = peer("chat.example", "");
                RawPeer other = peer("other.example", "")) {
            chat.says(start + "x".repeat(15_000) + "</body></message>");
            assertThat(edge.next().origin().partner()).isEqualTo(Edge.CHAT);
            chat.says(start + "x".repeat(20_001));
            assertThat(chat.hearsToTheEnd()).contains("<policy-violation ");
            assertThat(edge.counted("drawbridge_xmpp_stream_errors_sent", "policy-violation"))
                    .isEqualTo(1);
            other.says(start.replace("chat", "other") + "x</body></message>");
            assertThat(edge.next().origin().partner()).isEqualTo(OTHER);
        }
    }

    @Test
    void aPartnerHasSoManyStreamsAndOthersHaveTheirs() throws Exception {
        edge.other = Edge.partner(OTHER, 0);
        try (RawPeer one = peer("chat.example", "");
                RawPeer two = peer("chat.example", "");
                RawPeer three = RawPeer.to(edge.port).secured(beside.authority.issue(Leaf.of("chat.example")))) {
            three.says(RawPeer.HEADER).hears("</stream:features>");
            three.says("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>");
            assertThat(three.hearsToTheEnd()).contains("<resource-constraint ");
            assertThat(edge.counted("drawbridge_xmpp_limits_hit", "partner_connections"))
                    .isEqualTo(1);
            two.says("</stream:stream>").hearsToTheEnd();
            peer("other.example", "").close();
            one.says("<message from='bob@chat.example' to='alice@corp.example'><body>x</body></message>");
            edge.next();
        }
    }

    @Test
    void allPartnersTogetherHaveSoManyStreams() throws Exception {
        edge.other = Edge.partner(OTHER, 0);
        try (RawPeer one = peer("chat.example", "");
                RawPeer two = peer("chat.example", "");
                RawPeer three = peer("other.example", "");
                RawPeer four = RawPeer.to(edge.port)) {
            assertThat(four.hearsToTheEnd()).contains("<resource-constraint ");
            assertThat(edge.counted("drawbridge_xmpp_limits_hit", "connections"))
                    .isEqualTo(1);
            for (RawPeer served : new RawPeer[] {one, two, three}) {
                assertThat(served.says("</stream:stream>").hearsToTheEnd()).isEqualTo("</stream:stream>");
            }
        }
    }
}
