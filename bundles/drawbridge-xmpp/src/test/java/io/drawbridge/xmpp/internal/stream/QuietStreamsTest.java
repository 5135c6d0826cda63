// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens on streams while nothing happens: interworking 4.7, 4.10 and 4.13, lync-edge 8.5. */
@Timeout(60)
final class QuietStreamsTest {
    private static final String END = "</stream:stream>";
    private static final String BIDI = "<bidi xmlns='urn:xmpp:bidi'/>";
    private static final String ASKED = "<r xmlns='urn:xmpp:sm:3'/>";
    private static final String IN =
            "<message from='bob@chat.example/x' to='alice@corp.example'><body>x</body></message>";

    @TempDir
    Path directory;

    private EdgeBesideChat beside;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        beside = new EdgeBesideChat(directory, Map.of());
        edge = beside.edge;
    }

    @AfterEach
    void stop() throws Exception {
        beside.close();
    }

    private RawPeer peer(String beforeAuth) throws Exception {
        return RawPeer.to(edge.port)
                .authenticated(beside.authority.issue(Leaf.of("chat.example")), "chat.example", beforeAuth);
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

    /** The partner takes a stream of this appliance. */
    private RawPeer partner(String features) throws Exception {
        RawPeer peer = beside.accepts();
        peer.takesStream(beside.authority.issue(Leaf.of("chat.example")), features);
        return peer;
    }

    private RawPeer partnerThatAcknowledges() throws Exception {
        RawPeer peer = partner("<sm xmlns='urn:xmpp:sm:3'/>");
        peer.hears("<enable");
        peer.says("<enabled xmlns='urn:xmpp:sm:3'/>").hears(ASKED);
        return peer;
    }

    private void isOpen(RawPeer peer) throws Exception {
        peer.says(IN);
        assertThat(edge.next().stanza().attributes().from()).isEqualTo("bob@chat.example/x");
    }

    @Test
    void aStreamWithoutStanzasIsClosedInOrderAfterTheInactivityTimeout() throws Exception {
        try (RawPeer peer = peer("")) {
            edge.ahead = Duration.ofSeconds(601);
            assertThat(peer.hears(END)).doesNotContain("error");
            peer.says(END).hearsToTheEnd();
        }
    }

    @Test
    void whoMustSaySomethingAndDoesNotLosesTheStream() throws Exception {
        try (RawPeer peer = peer("")) {
            edge.ahead = Duration.ofSeconds(301);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
            assertThat(edge.counted("drawbridge_xmpp_stream_errors_sent", "connection-timeout"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.5",
            requirement = "A host that is no longer served is said to be gone")
    void aStreamForAnOwnDomainThatIsTakenAwayEndsWithHostGone() throws Exception {
        try (RawPeer peer = peer("")) {
            isOpen(peer);
            edge.own = Set.of();
            assertThat(peer.hears(END)).contains("<host-gone ");
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.9.3.14",
            requirement = "Who violates the local policy of the server is told so")
    void aStreamWithAPartnerWhoIsTakenAwayEndsWithPolicyViolation() throws Exception {
        try (RawPeer peer = peer("")) {
            isOpen(peer);
            edge.partner = null;
            assertThat(peer.hears(END)).contains("<policy-violation ");
        }
    }

    @Test
    void anOwnStreamEndsTooAndWhatComesForThePartnerIsRefusedWithTheReason() throws Exception {
        CompletableFuture<DeliveryOutcome> sent = sends();
        try (RawPeer partner = partner("")) {
            partner.hears("</message>");
            assertThat(sent.get(30, TimeUnit.SECONDS)).isInstanceOf(HandedOver.class);
            edge.partner = null;
            assertThat(partner.hears(END)).contains("<policy-violation ");
            assertThat(sends().get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED));
        }
    }

    @Test
    void whoNeedNotSayAnythingStaysAndIsToldThatThisSideIsThere() throws Exception {
        edge.partner = Edge.silentPartner();
        try (RawPeer peer = peer("")) {
            edge.ahead = Duration.ofSeconds(301);
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
        edge.partner = Edge.silentPartner();
        try (RawPeer peer = peer(BIDI)) {
            edge.ahead = Duration.ofSeconds(301);
            String ping = peer.hears("</iq>");
            assertThat(ping).contains("type='get'", "from='corp.example' to='chat.example'", "urn:xmpp:ping");
            String id = ping.replaceAll("(?s).* id='([^']*)'.*", "$1");
            peer.says("<iq type='error' from='chat.example' to='corp.example' id='" + id + "'/>");
            isOpen(peer);
            edge.ahead = Duration.ofSeconds(301 + 61);
            isOpen(peer);
        }
    }

    @Test
    void whoDoesNotAnswerThePingLosesTheStream() throws Exception {
        edge.partner = Edge.silentPartner();
        try (RawPeer peer = peer(BIDI)) {
            edge.ahead = Duration.ofSeconds(301);
            peer.hears("urn:xmpp:ping");
            edge.ahead = Duration.ofSeconds(301 + 61);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
        }
    }

    @Test
    @Specified(document = "XEP-0198", section = "4", requirement = "An acknowledgement may be asked for at any time")
    void whoAcknowledgesIsAskedForItsCountAndLosesTheStreamWithoutAnAnswer() throws Exception {
        CompletableFuture<DeliveryOutcome> message = sends();
        try (RawPeer peer = partnerThatAcknowledges()) {
            peer.says("<a xmlns='urn:xmpp:sm:3' h='1'/>");
            assertThat(message.get(30, TimeUnit.SECONDS)).isEqualTo(new Delivered());
            edge.ahead = Duration.ofSeconds(301);
            peer.hears(ASKED);
            edge.ahead = Duration.ofSeconds(301 + 61);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
        }
    }

    @Test
    void aStanzaThatIsNotAcknowledgedInTimeEndsTheStreamAndItsSenderIsTold() throws Exception {
        CompletableFuture<DeliveryOutcome> message = sends();
        try (RawPeer peer = partnerThatAcknowledges()) {
            edge.ahead = Duration.ofSeconds(29);
            assertThat(peer.hears(END)).contains("<connection-timeout ");
            assertThat(message.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT));
        }
    }

    /** XEP-0478 section 3: the peer may close the stream when nothing was sent for so long. */
    @Test
    void whoClosesQuietStreamsSoonIsSentSomethingSooner() throws Exception {
        sends();
        try (RawPeer peer =
                partner("<limits xmlns='urn:xmpp:stream-limits:0'><idle-seconds>60</idle-seconds></limits>")) {
            peer.hears("</message>");
            edge.ahead = Duration.ofSeconds(31);
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
        try (RawPeer peer = RawPeer.to(edge.port).authenticated(beside.authority.issue(brief), "chat.example", "")) {
            edge.ahead = Duration.ofHours(1).plusSeconds(1);
            assertThat(peer.hears(END)).contains("<reset ");
        }
    }
}
