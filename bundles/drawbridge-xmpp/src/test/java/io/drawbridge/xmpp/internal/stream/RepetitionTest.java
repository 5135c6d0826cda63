// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static io.drawbridge.xmpp.internal.stream.Edge.outcomeOf;
import static io.drawbridge.xmpp.internal.stream.RawPeer.ASKED;
import static io.drawbridge.xmpp.internal.stream.RawPeer.END;
import static io.drawbridge.xmpp.internal.stream.RawPeer.count;
import static io.drawbridge.xmpp.internal.stream.RawPeer.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was not acknowledged when a stream ended: sent once more where that cannot duplicate, told where it could. */
@Timeout(120)
final class RepetitionTest {
    @RegisterExtension
    final EdgeBesideChat chat = new EdgeBesideChat(Map.of());

    /** XEP-0198 section 4: the last count before a stream is closed says which stanzas were handled. */
    @Test
    void whatTheLastCountLeavesOutGoesOnAnotherStreamInItsOrder() throws Exception {
        CompletableFuture<DeliveryOutcome> first = chat.edge.sends("m1");
        try (RawPeer one = chat.takesStreamAndCounts()) {
            one.hears(ASKED);
            CompletableFuture<DeliveryOutcome> second = chat.edge.sends("m2");
            CompletableFuture<DeliveryOutcome> third = chat.edge.sends("m3");
            one.hears("id='m3'");
            one.says(count(0) + error("system-shutdown"));
            try (RawPeer other = chat.takesStreamAndCounts()) {
                String heard = other.hears("id='m3'");
                assertThat(heard.replaceAll("(?s).*?id='(m\\d)'.*?(?=id='|$)", "$1 "))
                        .isEqualTo("m1 m2 m3 ");
                other.says(count(3));
                assertThat(outcomeOf(first)).isEqualTo(new Delivered());
                assertThat(outcomeOf(second)).isEqualTo(new Delivered());
                assertThat(outcomeOf(third)).isEqualTo(new Delivered());
            }
        }
    }

    @Test
    void whatWasSentBehindTheLastCountMayHaveArrivedAndIsToldAndNotRepeated() throws Exception {
        CompletableFuture<DeliveryOutcome> first = chat.edge.sends("m1");
        CompletableFuture<DeliveryOutcome> second;
        try (RawPeer one = chat.takesStreamAndCounts()) {
            one.hears(ASKED);
            second = chat.edge.sends("m2");
            one.hears("id='m2'");
            // The answer to the question behind the first: it says nothing of the second.
            one.says(count(1) + END);
            assertThat(outcomeOf(first)).isEqualTo(new Delivered());
            one.hears(END);
        }
        assertThat(outcomeOf(second)).isInstanceOf(Failed.class);
        CompletableFuture<DeliveryOutcome> next = chat.edge.sends("m3");
        try (RawPeer other = chat.takesStreamAndCounts()) {
            assertThat(other.hears("id='m3'")).doesNotContain("m2");
            other.says(count(1));
            assertThat(outcomeOf(next)).isEqualTo(new Delivered());
        }
    }

    @Test
    void whatMayHaveArrivedOnAStreamThatEndsWithoutACountIsToldAndNotRepeated() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        try (RawPeer one = chat.takesStreamAndCounts()) {
            one.hears(ASKED);
        }
        assertThat(outcomeOf(message)).isInstanceOf(Failed.class);
    }

    @Test
    void nothingIsRepeatedTwice() throws Exception {
        CompletableFuture<DeliveryOutcome> message = chat.edge.sends("m1");
        for (int i = 0; i < 2; i++) {
            try (RawPeer peer = chat.takesStreamAndCounts()) {
                peer.hears(ASKED);
                peer.says(count(0) + END);
                peer.hears(END);
            }
        }
        assertThat(outcomeOf(message)).isInstanceOf(Failed.class);
    }
}
