// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.failureOf;
import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.ASKED;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static io.drawbridge.xmpp.internal.stream.RawPeer.MESSAGE;
import static io.drawbridge.xmpp.internal.stream.RawPeer.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How streams end when the appliance stops: everything said before has its outcome, and nobody waits for nothing. */
@Timeout(120)
final class FarewellTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of());

    private CompletableFuture<Void> stops() {
        return CompletableFuture.runAsync(chat.edge.gateway::close);
    }

    @Test
    void whatThePartnerHasNotAcknowledgedIsWaitedForBeforeTheStreamEnds() throws Exception {
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
            peer.hears(ASKED);
            CompletableFuture<Void> stop = stops();
            int sent = 1;
            while (!chat.edge.sends("m1").isDone()) {
                peer.hears("</message>");
                sent++;
            }
            assertThat(message).isNotDone();
            assertThat(peer.says(count(sent)).hears(END)).doesNotContain("error");
            assertThat(outcomeOf(message)).isEqualTo(new Delivered());
            peer.says(END).hearsToTheEnd();
            stop.get(30, TimeUnit.SECONDS);
            assertThat(chat.edge.gateway.streams()).isZero();
        }
    }

    @Test
    void whatThePartnersLastCountLeavesOutAfterTheApplianceSaidFarewellGoesOnAnotherStream() throws Exception {
        try (RawPeer peer = chat.opensStreamAndCounts()) {
            CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
            peer.hears(ASKED);
            CompletableFuture<Void> stop = stops();
            peer.hears(END);
            peer.says(count(0) + END);
            try (RawPeer other = chat.takesStreamAndCounts()) {
                other.hears("id='m1'");
                other.says(count(1));
                assertThat(outcomeOf(message)).isEqualTo(new Delivered());
                other.hears(END);
                other.says(END).hearsToTheEnd();
            }
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "The last count before a stream is closed says which stanzas were handled")
    void whatComesAfterTheLastCountIsNotTakenAndIsThePartnersToAnswer() throws Exception {
        try (RawPeer peer = chat.opensStream("").says("<enable xmlns='urn:xmpp:sm:3'/>" + MESSAGE)) {
            chat.edge.next();
            CompletableFuture<Void> stop = stops();
            assertThat(peer.hears(END)).contains(count(1) + END);
            assertThat(peer.says(MESSAGE + ASKED + END).hearsToTheEnd()).isEmpty();
            stop.get(30, TimeUnit.SECONDS);
            assertThat(chat.edge.received).isEmpty();
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.4",
            requirement = "What the peer says before it closes its stream too is processed")
    void whatComesAfterTheEndOfAStreamWithoutCountsIsAnsweredOnTheOtherOne() throws Exception {
        try (RawPeer in = chat.opensStream("").says(MESSAGE)) {
            chat.edge.next();
            chat.edge.taking = false;
            CompletableFuture<Void> stop = stops();
            in.hears(END);
            in.says(MESSAGE);
            try (RawPeer out = chat.takesStream("")) {
                assertThat(out.hears("</message>")).contains("id='in'", "type='error'", "service-unavailable");
                in.says(END).hearsToTheEnd();
                out.hears(END);
                out.says(END).hearsToTheEnd();
            }
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoComesTooLateIsToldThatTheServerStops() throws Exception {
        chat.edge.gateway.close();
        assertThat(failureOf(chat.edge.sends("m1")).reason()).isEqualTo(Reason.SHUTTING_DOWN);
        try (RawPeer peer = chat.connects()) {
            assertThat(peer.hears(END)).contains("system-shutdown");
        }
    }
}
