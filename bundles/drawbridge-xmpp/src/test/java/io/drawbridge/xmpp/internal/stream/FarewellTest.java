// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.policy.Reason;
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

/** How streams end when the appliance stops: everything said before has its outcome, and nobody waits for nothing. */
@Timeout(120)
final class FarewellTest {
    private static final String END = "</stream:stream>";
    private static final String OUT =
            "<message from='alice@corp.example' to='bob@chat.example' id='m1'><body>hello</body></message>";
    private static final String IN =
            "<message from='bob@chat.example/x' to='alice@corp.example' id='m2'><body>hi</body></message>";

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

    /** Opens a stream to the edge for one direction or, with {@code <bidi/>}, for both. */
    private RawPeer opened(String beforeAuth, String afterAuth, String answer) throws Exception {
        RawPeer peer = RawPeer.to(edge.port)
                .authenticated(chat.authority.issue(Leaf.of("chat.example")), "chat.example", beforeAuth);
        peer.says(afterAuth).hears(answer);
        return peer;
    }

    private RawPeer bothWaysAcknowledged() throws Exception {
        return opened("<bidi xmlns='urn:xmpp:bidi'/>", "<enable xmlns='urn:xmpp:sm:3'/>", "<enabled");
    }

    private RawPeer oneWay(String afterAuth) throws Exception {
        return opened("", afterAuth + IN, "");
    }

    private CompletableFuture<DeliveryOutcome> sends() {
        return edge.gateway
                .send(new OutgoingStanza(Stanza.Kind.MESSAGE, Edge.CORP, Edge.CHAT, OUT))
                .toCompletableFuture();
    }

    private CompletableFuture<Void> stops() {
        return CompletableFuture.runAsync(edge.gateway::close);
    }

    @Test
    void whatThePartnerHasNotAcknowledgedIsWaitedForBeforeTheStreamEnds() throws Exception {
        try (RawPeer peer = bothWaysAcknowledged()) {
            CompletableFuture<DeliveryOutcome> message = sends();
            peer.hears("<r xmlns='urn:xmpp:sm:3'/>");
            CompletableFuture<Void> stop = stops();
            int sent = 1;
            while (!sends().isDone()) {
                peer.hears("</message>");
                sent++;
            }
            assertThat(message).isNotDone();
            assertThat(peer.says("<a xmlns='urn:xmpp:sm:3' h='" + sent + "'/>").hears(END))
                    .doesNotContain("error");
            assertThat(message.get(30, TimeUnit.SECONDS)).isEqualTo(new Delivered());
            peer.says(END).hearsToTheEnd();
            stop.get(30, TimeUnit.SECONDS);
            assertThat(edge.gateway.streams()).isZero();
        }
    }

    @Test
    @Specified(
            document = "XEP-0198",
            section = "4",
            requirement = "The last count before a stream is closed says which stanzas were handled")
    void whatComesAfterTheLastCountIsNotTakenAndIsThePartnersToAnswer() throws Exception {
        try (RawPeer peer = oneWay("<enable xmlns='urn:xmpp:sm:3'/>")) {
            edge.next();
            CompletableFuture<Void> stop = stops();
            assertThat(peer.hears(END)).contains("<a xmlns='urn:xmpp:sm:3' h='1'/>" + END);
            assertThat(peer.says(IN + "<r xmlns='urn:xmpp:sm:3'/>" + END).hearsToTheEnd())
                    .isEmpty();
            stop.get(30, TimeUnit.SECONDS);
            assertThat(edge.received).isEmpty();
        }
    }

    @Test
    @Specified(
            document = "RFC 6120",
            section = "4.4",
            requirement = "What the peer says before it closes its stream too is processed")
    void whatComesAfterTheEndOfAStreamWithoutCountsIsAnsweredOnTheOtherOne() throws Exception {
        try (RawPeer in = oneWay("")) {
            edge.next();
            edge.taking = false;
            CompletableFuture<Void> stop = stops();
            in.hears(END);
            in.says(IN);
            try (RawPeer out = chat.accepts()) {
                out.takesStream(chat.authority.issue(Leaf.of("chat.example")), "");
                assertThat(out.hears("</message>")).contains("id='m2'", "type='error'", "service-unavailable");
                in.says(END).hearsToTheEnd();
                out.hears(END);
                out.says(END).hearsToTheEnd();
            }
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoComesTooLateIsToldThatTheServerStops() throws Exception {
        edge.gateway.close();
        assertThat(sends().get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.SHUTTING_DOWN));
        try (RawPeer peer = RawPeer.to(edge.port)) {
            assertThat(peer.hears(END)).contains("system-shutdown");
        }
    }
}
