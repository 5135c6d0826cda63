// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.ASKED;
import static io.drawbridge.xmpp.internal.stream.RawPeer.BIDI;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static io.drawbridge.xmpp.internal.stream.RawPeer.MESSAGE;
import static io.drawbridge.xmpp.internal.stream.RawPeer.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens on streams while nothing happens: interworking 4.7, 4.10 and 4.13, lync-edge 8.5. */
@Timeout(60)
final class QuietStreamsTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of());

    private void isOpen(RawPeer peer) throws Exception {
        peer.says(MESSAGE);
        assertThat(chat.edge.next().stanza().attributes().from()).isEqualTo("bob@chat.example/x");
    }

    @Test
    void aStreamWithoutStanzasIsClosedInOrderAfterTheInactivityTimeout() throws Exception {
        try (RawPeer peer = chat.opensStream("")) {
            chat.edge.ahead = Duration.ofSeconds(601);
            assertThat(peer.hears(END)).doesNotContain("error");
            peer.says(END).hearsToTheEnd();
        }
    }

    @Test
    void whoMustSaySomethingAndDoesNotLosesTheStream() throws Exception {
        try (RawPeer peer = chat.opensStream("")) {
            chat.edge.ahead = Duration.ofSeconds(301);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
            assertThat(chat.edge.counted("drawbridge_xmpp_stream_errors_sent", "connection-timeout"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.5",
            requirement = "A host that is no longer served is said to be gone")
    void aStreamForAnOwnDomainThatIsTakenAwayEndsWithHostGone() throws Exception {
        try (RawPeer peer = chat.opensStream("")) {
            isOpen(peer);
            chat.edge.own = Set.of();
            assertThat(peer.hears(END)).contains("<host-gone ");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.14",
            requirement = "Who violates the local policy of the server is told so")
    void aStreamWithAPartnerWhoIsTakenAwayEndsWithPolicyViolation() throws Exception {
        try (RawPeer peer = chat.opensStream("")) {
            isOpen(peer);
            chat.edge.partner = null;
            assertThat(peer.hears(END)).contains("<policy-violation ");
        }
    }

    @Test
    void anOwnStreamEndsTooAndWhatComesForThePartnerIsRefusedWithTheReason() throws Exception {
        CompletableFuture<DeliveryOutcome> sent = chat.edge.sends("m1");
        try (RawPeer partner = chat.takesStream("")) {
            partner.hears("</message>");
            assertThat(outcomeOf(sent)).isInstanceOf(HandedOver.class);
            chat.edge.partner = null;
            assertThat(partner.hears(END)).contains("<policy-violation ");
            assertThat(failureOf(chat.edge.sends("m1")).reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
        }
    }

    @Test
    void whoNeedNotSayAnythingStaysAndIsToldThatThisSideIsThere() throws Exception {
        chat.edge.partner = Edge.silentPartner();
        try (RawPeer peer = chat.opensStream("")) {
            chat.edge.ahead = Duration.ofSeconds(301);
            assertThat(peer.hears(" ")).isEqualTo(" ");
            isOpen(peer);
        }
    }

    @Test
    @Specified(
            document = "XEP-0199",
            section = "4.3",
            requirement = "A server asks another one by a ping if it is there")
    void whoIsSilentOnAStreamForBothDirectionsIsAskedAndAnyAnswerWillDo() throws Exception {
        chat.edge.partner = Edge.silentPartner();
        try (RawPeer peer = chat.opensStream(BIDI)) {
            chat.edge.ahead = Duration.ofSeconds(301);
            String ping = peer.hears("</iq>");
            assertThat(ping).contains("type='get'", "from='corp.example' to='chat.example'", "urn:xmpp:ping");
            String id = RawPeer.id(ping);
            peer.says("<iq type='error' from='chat.example' to='corp.example' id='" + id + "'/>");
            isOpen(peer);
            chat.edge.ahead = Duration.ofSeconds(301 + 61);
            isOpen(peer);
        }
    }

    @Test
    void whoDoesNotAnswerThePingLosesTheStream() throws Exception {
        chat.edge.partner = Edge.silentPartner();
        try (RawPeer peer = chat.opensStream(BIDI)) {
            chat.edge.ahead = Duration.ofSeconds(301);
            peer.hears("urn:xmpp:ping");
            chat.edge.ahead = Duration.ofSeconds(301 + 61);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
        }
    }

    @Test
    @Specified(document = "XEP-0198", section = "4", requirement = "An acknowledgement may be asked for at any time")
    void whoAcknowledgesIsAskedForItsCountAndLosesTheStreamWithoutAnAnswer() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = chat.takesStreamAndCounts()) {
            peer.hears(ASKED);
            peer.says(count(1));
            assertThat(outcomeOf(message)).isEqualTo(new Delivered());
            chat.edge.ahead = Duration.ofSeconds(301);
            peer.hears(ASKED);
            chat.edge.ahead = Duration.ofSeconds(301 + 61);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
        }
    }

    @Test
    void aStanzaThatIsNotAcknowledgedInTimeEndsTheStreamAndItsSenderIsTold() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer peer = chat.takesStreamAndCounts()) {
            peer.hears(ASKED);
            chat.edge.ahead = Duration.ofSeconds(29);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
            assertThat(failureOf(message).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    /** XEP-0478 section 3: the peer may close the stream when nothing was sent for so long. */
    @Test
    void whoClosesQuietStreamsSoonIsSentSomethingSooner() throws Exception {
        chat.edge.sends("m1");
        try (RawPeer peer =
                chat.takesStream("<limits xmlns='urn:xmpp:stream-limits:0'><idle-seconds>60</idle-seconds></limits>")) {
            peer.hears("</message>");
            chat.edge.ahead = Duration.ofSeconds(31);
            assertThat(peer.hears(" ")).isEqualTo(" ");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.16",
            requirement = "reset: a key or certificate that the stream rests on is no longer valid")
    void aStreamDoesNotOutliveTheCertificateThatProvedIt() throws Exception {
        Instant now = Instant.now();
        Leaf brief = Leaf.of("chat.example").valid(now.minusSeconds(3600), now.plusSeconds(3600));
        try (RawPeer peer = chat.connects().authenticated(chat.authority.issue(brief), "chat.example", "")) {
            chat.edge.ahead = Duration.ofHours(1).plusSeconds(1);
            assertThat(peer.hears(END)).contains("<reset ");
        }
    }
}
