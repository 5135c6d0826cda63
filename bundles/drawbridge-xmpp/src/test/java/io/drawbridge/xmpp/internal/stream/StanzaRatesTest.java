// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Leaf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a partner that sends too many stanzas: XEP-0205, RFC 6120 section 4.9.3.14, interworking 4.13. */
@Timeout(120)
final class StanzaRatesTest {
    private static final String BOTH_WAYS = "<bidi xmlns='urn:xmpp:bidi'/>";
    private static final String TOO_MANY = "<too-many-stanzas xmlns='urn:xmpp:errors'/>";
    private static final DomainName OTHER = DomainName.of("other.example");
    private static final int RATE = 10;
    private static final int BURST = 5 * RATE;

    @TempDir
    Path directory;

    private EdgeBesideChat chat;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        chat = new EdgeBesideChat(directory, Map.of("partnerStanzasPerSecond", "1000"));
        edge = chat.edge;
        edge.partner = Edge.partner(Edge.CHAT, RATE);
        edge.other = Edge.partner(OTHER, 0);
    }

    @AfterEach
    void stop() throws Exception {
        chat.close();
    }

    private RawPeer peer(String domain) throws Exception {
        return RawPeer.to(edge.port).authenticated(chat.authority.issue(Leaf.of(domain)), domain, BOTH_WAYS);
    }

    private static String messages(String domain, int from, int to) {
        StringBuilder xml = new StringBuilder();
        for (int i = from; i < to; i++) {
            xml.append("<message from='bob@")
                    .append(domain)
                    .append("/x' to='alice@corp.example' id='n")
                    .append(i);
            xml.append("'><body>x</body></message>");
        }
        return xml.toString();
    }

    @Test
    void whatGoesBeyondTheRateIsRefusedCountedAndTracedOnceAndHarmsNobodyElse() throws Exception {
        try (RawPeer chat = peer("chat.example");
                RawPeer other = peer("other.example")) {
            chat.says(messages("chat.example", 0, BURST + 2 * RATE));
            String refusal = chat.hears("</message>");
            assertThat(refusal)
                    .contains(
                            "type='error'", "to='bob@chat.example/x'", "type='wait'", "<resource-constraint", TOO_MANY)
                    .containsPattern("id='n[5-6]\\d'");
            other.says(messages("other.example", 0, 2 * BURST));
            int ofChat = 0;
            for (int ofOther = 0; ofOther < 2 * BURST; ) {
                boolean fromOther = edge.next().origin().partner().equals(OTHER);
                ofOther += fromOther ? 1 : 0;
                ofChat += fromOther ? 0 : 1;
            }
            assertThat(ofChat).isBetween(BURST, BURST + 2 * RATE - 1);
            Crossing traced = edge.crossings.take();
            assertThat(traced.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(traced.sender()).hasToString("bob@chat.example");
            assertThat(traced.recipient()).hasToString("alice@corp.example");
            assertThat(traced.answer()).isEqualTo("resource-constraint");
            assertThat(traced.rules()).singleElement().satisfies(rule -> assertThat(rule.detail())
                    .contains("stanzasPerSecond", "10"));
            assertThat(edge.crossings).isEmpty();
        }
    }

    /** RFC 6120 section 4.9.3.14: "The entity has violated some local service policy". */
    @Test
    void whoSendsOnAtTwiceTheRateLosesTheStreamAndIsToldWhy() throws Exception {
        try (RawPeer chat = peer("chat.example")) {
            chat.says(messages("chat.example", 0, 4 * BURST));
            assertThat(chat.hearsToTheEnd()).contains("<policy-violation", TOO_MANY, "</stream:error></stream:stream>");
        }
        assertThat(edge.received).hasSizeBetween(BURST, 2 * BURST);
    }

    @Test
    void allDomainsAndStreamsOfAPartnerShareItsRate() throws Exception {
        DomainName rooms = DomainName.of("rooms.chat.example");
        edge.partner = Edge.partner(Edge.CHAT, RATE, rooms);
        try (RawPeer chat = peer("chat.example");
                RawPeer conference = peer(rooms.value())) {
            chat.says(messages("chat.example", 0, BURST));
            for (int i = 0; i < BURST; i++) {
                edge.next();
            }
            conference.says(messages(rooms.value(), 0, 2 * RATE));
            assertThat(conference.hears("</message>")).contains(TOO_MANY);
        }
    }
}
