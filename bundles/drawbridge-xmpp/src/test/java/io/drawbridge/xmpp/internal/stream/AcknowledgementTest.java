// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
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

/** Who counts what, and when, on streams that acknowledge (XEP-0198), so that no message is lost without a word. */
@Timeout(120)
final class AcknowledgementTest {
    private static final String BIDI = "<bidi xmlns='urn:xmpp:bidi'/>";
    private static final String ASKED = "<r xmlns='urn:xmpp:sm:3'/>";
    private static final String IN =
            "<message from='bob@chat.example/x' to='alice@corp.example' id='in'><body>hi</body></message>";

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

    private CompletableFuture<DeliveryOutcome> sends(String id) {
        return edge.gateway
                .send(new OutgoingStanza(
                        Stanza.Kind.MESSAGE,
                        Edge.CORP,
                        Edge.CHAT,
                        "<message from='alice@corp.example' to='bob@chat.example' id='" + id
                                + "'><body>hello</body></message>"))
                .toCompletableFuture();
    }

    private static String count(int handled) {
        return "<a xmlns='urn:xmpp:sm:3' h='" + handled + "'/>";
    }

    private static DeliveryOutcome of(CompletableFuture<DeliveryOutcome> message) throws Exception {
        return message.get(40, TimeUnit.SECONDS);
    }

    /** The partner takes a stream. */
    private RawPeer taken() throws Exception {
        RawPeer peer = beside.accepts();
        peer.takesStream(beside.authority.issue(Leaf.of("chat.example")), "<sm xmlns='urn:xmpp:sm:3'/>");
        peer.hears("<enable");
        peer.says("<enabled xmlns='urn:xmpp:sm:3'/>");
        return peer;
    }

    /** The partner opens a stream for both directions. */
    private RawPeer opened() throws Exception {
        RawPeer peer = RawPeer.to(edge.port)
                .authenticated(beside.authority.issue(Leaf.of("chat.example")), "chat.example", BIDI);
        peer.says("<enable xmlns='urn:xmpp:sm:3'/>").hears("<enabled");
        peer.hears("/>");
        return peer;
    }

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "The count is of stanzas handled: what is lost with this appliance the peer still has")
    void thePartnerIsToldThatAMessageIsHandledWhenItHasItsOutcome() throws Exception {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        edge.outcome = outcome;
        try (RawPeer peer = opened()) {
            peer.says(IN + ASKED);
            edge.next();
            sends("m1");
            assertThat(peer.hears("id='m1'")).doesNotContain("<a ");
            outcome.complete(null);
            peer.hears(count(1));
        }
    }

    @Test
    void anOutcomeThatTakesTooLongDoesNotKeepThePartnerWaiting() throws Exception {
        edge.outcome = new CompletableFuture<>();
        try (RawPeer peer = opened()) {
            peer.says(IN + ASKED);
            edge.next();
            edge.ahead = Intake.PATIENCE;
            peer.hears(count(1));
        }
    }

    @Test
    void whatIsSentOnAPartnersStreamWhileAnAnswerIsAwaitedIsAskedForToo() throws Exception {
        try (RawPeer peer = opened()) {
            CompletableFuture<DeliveryOutcome> first = sends("m1");
            peer.hears(ASKED);
            CompletableFuture<DeliveryOutcome> second = sends("m2");
            peer.hears("id='m2'");
            peer.says(count(1)).hears(ASKED);
            peer.says(count(2));
            assertThat(of(first)).isEqualTo(new Delivered());
            assertThat(of(second)).isEqualTo(new Delivered());
        }
    }

    /** XEP-0198 section 4: a peer may answer at once, with what it has handled by then. */
    @Test
    void whoHasHandledNothingMoreIsNotAskedAgainAtOnce() throws Exception {
        try (RawPeer peer = opened()) {
            CompletableFuture<DeliveryOutcome> first = sends("m1");
            peer.hears(ASKED);
            peer.says(count(0));
            CompletableFuture<DeliveryOutcome> second = sends("m2");
            assertThat(peer.hears("id='m2'")).doesNotContain(ASKED);
            peer.hears(ASKED);
            peer.says(count(0));
            edge.gateway.tick();
            peer.hears(ASKED);
            peer.says(count(2));
            assertThat(of(first)).isEqualTo(new Delivered());
            assertThat(of(second)).isEqualTo(new Delivered());
        }
    }

    /** Whatever came has its outcome here, so the peer must not tell its sender that it did not arrive. */
    @Test
    void aStreamThatEndsWithAnErrorHasItsLastCountToo() throws Exception {
        edge.outcome = new CompletableFuture<>();
        try (RawPeer peer = opened()) {
            peer.says(IN);
            edge.next();
            peer.says("<nonsense xmlns='urn:nonsense'/>");
            assertThat(peer.hears("</stream:stream>")).contains(count(1) + "<stream:error>");
        }
    }

    @Test
    void afterAPartnersStreamFellSilentTheNextMessageTakesAnotherAndTheLostOneIsToldAndNotRepeated() throws Exception {
        try (RawPeer silent = opened()) {
            CompletableFuture<DeliveryOutcome> lost = sends("m1");
            silent.hears(ASKED);
            edge.ahead = Duration.ofSeconds(29);
            assertThat(of(lost)).isInstanceOf(Failed.class);
            CompletableFuture<DeliveryOutcome> next = sends("m2");
            try (RawPeer other = taken()) {
                assertThat(other.hears(ASKED)).contains("id='m2'").doesNotContain("id='m1'");
                other.says(count(1));
                assertThat(of(next)).isEqualTo(new Delivered());
            }
        }
    }
}
