// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.RawPeer.BIDI;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a partner that sends too many stanzas: XEP-0205, RFC 6120 section 4.9.3.14, interworking 4.13. */
@Timeout(120)
final class StanzaRatesTest {
    private static final String TOO_MANY = "<too-many-stanzas xmlns='urn:xmpp:errors'/>";
    private static final DomainName OTHER = DomainName.of("other.example");
    private static final int RATE = 10;
    private static final int BURST = 5 * RATE;

    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of("partnerStanzasPerSecond", "1000"));

    @BeforeEach
    void onlyOnePartnerHasALimitOfItsOwn() {
        chat.edge.partner = Edge.partner(Edge.CHAT, RATE);
        chat.edge.other = Edge.partner(OTHER, 0);
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
        try (RawPeer peer = chat.opensStream(BIDI);
                RawPeer other = chat.opensStreamAs("other.example", BIDI)) {
            peer.says(messages("chat.example", 0, BURST + 2 * RATE));
            String refusal = peer.hears("</message>");
            assertThat(refusal)
                    .contains(
                            "type='error'", "to='bob@chat.example/x'", "type='wait'", "<resource-constraint", TOO_MANY)
                    .containsPattern("id='n[5-6]\\d'");
            other.says(messages("other.example", 0, 2 * BURST));
            int ofChat = 0;
            for (int ofOther = 0; ofOther < 2 * BURST; ) {
                boolean fromOther = chat.edge.next().origin().partner().equals(OTHER);
                ofOther += fromOther ? 1 : 0;
                ofChat += fromOther ? 0 : 1;
            }
            assertThat(ofChat).isBetween(BURST, BURST + 2 * RATE - 1);
            Crossing traced = chat.edge.crossings.take();
            assertThat(traced.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
            assertThat(traced.sender()).hasToString("bob@chat.example");
            assertThat(traced.recipient()).hasToString("alice@corp.example");
            assertThat(traced.answer()).isEqualTo("resource-constraint");
            assertThat(traced.rules()).singleElement().satisfies(rule -> assertThat(rule.detail())
                    .contains("stanzasPerSecond", "10"));
            assertThat(chat.edge.crossings).isEmpty();
        }
    }

    /** RFC 6120 section 4.9.3.14: "The entity has violated some local service policy". */
    @Test
    void whoSendsOnAtTwiceTheRateLosesTheStreamAndIsToldWhy() throws Exception {
        try (RawPeer peer = chat.opensStream(BIDI)) {
            peer.says(messages("chat.example", 0, 4 * BURST));
            assertThat(peer.hearsToTheEnd()).contains("<policy-violation", TOO_MANY, "</stream:error>" + END);
        }
        assertThat(chat.edge.received).hasSizeBetween(BURST, 2 * BURST);
    }

    @Test
    void allDomainsAndStreamsOfAPartnerShareItsRate() throws Exception {
        DomainName rooms = DomainName.of("rooms.chat.example");
        chat.edge.partner = Edge.partner(Edge.CHAT, RATE, rooms);
        try (RawPeer peer = chat.opensStream(BIDI);
                RawPeer conference = chat.opensStreamAs(rooms.value(), BIDI)) {
            peer.says(messages("chat.example", 0, BURST));
            for (int i = 0; i < BURST; i++) {
                chat.edge.next();
            }
            conference.says(messages(rooms.value(), 0, 2 * RATE));
            assertThat(conference.hears("</message>")).contains(TOO_MANY);
        }
    }
}
