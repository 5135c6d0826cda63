// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.testbed.Leaf;
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

/** What was not acknowledged when a stream ended: sent once more where that cannot duplicate, told where it could. */
@Timeout(120)
final class RepetitionTest {
    private static final String END = "</stream:stream>";
    private static final String ASKED = "<r xmlns='urn:xmpp:sm:3'/>";
    private static final String SHUTDOWN =
            "<stream:error><system-shutdown" + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>" + END;

    @TempDir
    Path directory;

    private EdgeBesideChat chat;
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        chat = new EdgeBesideChat(directory, Map.of());
        edge = chat.edge;
    }

    @AfterEach
    void stop() throws Exception {
        chat.close();
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

    /** The partner takes a stream that acknowledges. */
    private RawPeer partner() throws Exception {
        RawPeer peer = chat.accepts();
        peer.takesStream(chat.authority.issue(Leaf.of("chat.example")), "<sm xmlns='urn:xmpp:sm:3'/>");
        peer.hears("<enable");
        peer.says("<enabled xmlns='urn:xmpp:sm:3'/>");
        return peer;
    }

    private static DeliveryOutcome of(CompletableFuture<DeliveryOutcome> message) throws Exception {
        return message.get(40, TimeUnit.SECONDS);
    }

    /** XEP-0198 section 4: the last count before a stream is closed says which stanzas were handled. */
    @Test
    void whatTheLastCountLeavesOutGoesOnAnotherStreamInItsOrder() throws Exception {
        CompletableFuture<DeliveryOutcome> first = sends("m1");
        try (RawPeer one = partner()) {
            one.hears(ASKED);
            CompletableFuture<DeliveryOutcome> second = sends("m2");
            CompletableFuture<DeliveryOutcome> third = sends("m3");
            one.hears("id='m3'");
            one.says(count(0) + SHUTDOWN);
            try (RawPeer other = partner()) {
                String heard = other.hears("id='m3'");
                assertThat(heard.replaceAll("(?s).*?id='(m\\d)'.*?(?=id='|$)", "$1 "))
                        .isEqualTo("m1 m2 m3 ");
                other.says(count(3));
                assertThat(of(first)).isEqualTo(new Delivered());
                assertThat(of(second)).isEqualTo(new Delivered());
                assertThat(of(third)).isEqualTo(new Delivered());
            }
        }
    }

    @Test
    void whatWasSentBehindTheLastCountMayHaveArrivedAndIsToldAndNotRepeated() throws Exception {
        CompletableFuture<DeliveryOutcome> first = sends("m1");
        CompletableFuture<DeliveryOutcome> second;
        try (RawPeer one = partner()) {
            one.hears(ASKED);
            second = sends("m2");
            one.hears("id='m2'");
            // The answer to the question behind the first: it says nothing of the second.
            one.says(count(1) + END);
            assertThat(of(first)).isEqualTo(new Delivered());
            one.hears(END);
        }
        assertThat(of(second)).isInstanceOf(Failed.class);
        CompletableFuture<DeliveryOutcome> next = sends("m3");
        try (RawPeer other = partner()) {
            assertThat(other.hears("id='m3'")).doesNotContain("m2");
            other.says(count(1));
            assertThat(of(next)).isEqualTo(new Delivered());
        }
    }

    @Test
    void whatMayHaveArrivedOnAStreamThatEndsWithoutACountIsToldAndNotRepeated() throws Exception {
        CompletableFuture<DeliveryOutcome> message = sends("m1");
        try (RawPeer one = partner()) {
            one.hears(ASKED);
        }
        assertThat(of(message)).isInstanceOf(Failed.class);
    }

    @Test
    void nothingIsRepeatedTwice() throws Exception {
        CompletableFuture<DeliveryOutcome> message = sends("m1");
        for (int i = 0; i < 2; i++) {
            try (RawPeer peer = partner()) {
                peer.hears(ASKED);
                peer.says(count(0) + END);
                peer.hears(END);
            }
        }
        assertThat(of(message)).isInstanceOf(Failed.class);
    }
}
