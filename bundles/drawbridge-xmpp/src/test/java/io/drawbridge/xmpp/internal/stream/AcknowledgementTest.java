// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.ASKED;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static io.drawbridge.xmpp.internal.stream.RawPeer.MESSAGE;
import static io.drawbridge.xmpp.internal.stream.RawPeer.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who counts what, and when, on streams that acknowledge (XEP-0198), so that no message is lost without a word. */
@Timeout(120)
final class AcknowledgementTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of());

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "The count is of stanzas handled: what is lost with this appliance the peer still has")
    void thePartnerIsToldThatAMessageIsHandledWhenItHasItsOutcome() throws Exception {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        chat.edge.outcome = outcome;
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            peer.says(MESSAGE + ASKED);
            chat.edge.next();
            chat.edge.sends("m1");
            assertThat(peer.hears("id='m1'")).doesNotContain("<a ");
            outcome.complete(null);
            peer.hears(count(1));
        }
    }

    @Test
    void anOutcomeThatTakesTooLongDoesNotKeepThePartnerWaiting() throws Exception {
        chat.edge.outcome = new CompletableFuture<>();
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            peer.says(MESSAGE + ASKED);
            chat.edge.next();
            chat.edge.ahead = Intake.PATIENCE;
            peer.hears(count(1));
        }
    }

    @Test
    void whatIsSentOnAPartnersStreamWhileAnAnswerIsAwaitedIsAskedForToo() throws Exception {
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            CompletableFuture<DeliveryOutcome> first = chat.edge.sends("m1");
            peer.hears(ASKED);
            CompletableFuture<DeliveryOutcome> second = chat.edge.sends("m2");
            peer.hears("id='m2'");
            peer.says(count(1)).hears(ASKED);
            peer.says(count(2));
            assertThat(outcomeOf(first)).isEqualTo(new Delivered());
            assertThat(outcomeOf(second)).isEqualTo(new Delivered());
        }
    }

    /** XEP-0198 section 4: a peer may answer at once, with what it has handled by then. */
    @Test
    void whoHasHandledNothingMoreIsNotAskedAgainAtOnce() throws Exception {
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            CompletableFuture<DeliveryOutcome> first = chat.edge.sends("m1");
            peer.hears(ASKED);
            peer.says(count(0));
            CompletableFuture<DeliveryOutcome> second = chat.edge.sends("m2");
            assertThat(peer.hears("id='m2'")).doesNotContain(ASKED);
            peer.hears(ASKED);
            peer.says(count(0));
            chat.edge.gateway.tick();
            peer.hears(ASKED);
            peer.says(count(2));
            assertThat(outcomeOf(first)).isEqualTo(new Delivered());
            assertThat(outcomeOf(second)).isEqualTo(new Delivered());
        }
    }

    /** Whatever came has its outcome here, so the peer must not tell its sender that it did not arrive. */
    @Test
    void aStreamThatEndsWithAnErrorHasItsLastCountToo() throws Exception {
        chat.edge.outcome = new CompletableFuture<>();
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            peer.says(MESSAGE);
            chat.edge.next();
            peer.says("<nonsense xmlns='urn:nonsense'/>");
            assertThat(peer.hears(END)).contains(count(1) + "<stream:error>");
        }
    }

    @Test
    void afterAPartnersStreamFellSilentTheNextMessageTakesAnotherAndTheLostOneIsToldAndNotRepeated() throws Exception {
        try (RawPeer silent = chat.opensStreamAndCounts()) {
            CompletableFuture<DeliveryOutcome> lost = chat.edge.sends("m1");
            silent.hears(ASKED);
            chat.edge.ahead = Duration.ofSeconds(29);
            assertThat(outcomeOf(lost)).isInstanceOf(Failed.class);
            CompletableFuture<DeliveryOutcome> next = chat.edge.sends("m2");
            try (RawPeer other = chat.takesStreamAndCounts()) {
                assertThat(other.hears(ASKED)).contains("id='m2'").doesNotContain("id='m1'");
                other.says(count(1));
                assertThat(outcomeOf(next)).isEqualTo(new Delivered());
            }
        }
    }
}
