// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Trust;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.WrittenStanza;
import io.drawbridge.xmpp.internal.map.XmppLink;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Whatever a stanza holds, mapping it throws nothing and answers no error, and what is written is well-formed. The seeds
 * are played in every build, with a few thousand mutations of them; to look further with coverage feedback:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl tests/conformance test -Dtest=StanzaMappingFuzzTest#stanzas</pre>
 */
class StanzaMappingFuzzTest {
    private static final int MUTATIONS = 2_000;
    private static final StreamPeer PEER = new StreamPeer(
            DomainName.of("corp.example"), DomainName.of("chat.example"), "xmpp.chat.example", Trust.STRONG);

    @FuzzTest(maxDuration = "5m")
    void stanzas(byte[] input) {
        Stanza stanza;
        try {
            stanza = WrittenStanza.ofDocument(new String(input, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            // The codec lets only well-formed elements of the three kinds pass.
            return;
        }
        Crossing crossing = new Crossing();
        crossing.link.received(stanza, PEER);
        if (stanza.attributes().type().equals("error")) {
            assertThat(crossing.sent).isEmpty();
        }
        crossing.checkSent();
        for (Event event : List.copyOf(crossing.brought)) {
            crossing.checkReturn(event);
        }
    }

    @Test
    void mutatedSeedsAreMappedOrRefusedButNeverThrow() {
        new FuzzSeeds(StanzaMappingFuzzTest.class, "stanzas", "<>/='", "\\@/%:.-0 z")
                .mutations(MUTATIONS)
                .forEach(this::stanzas);
    }

    /** A link with both ways out in view. */
    private static final class Crossing {
        private final List<OutgoingStanza> sent = new ArrayList<>();
        private final List<Event> brought = new ArrayList<>();
        private final XmppLink link = new XmppLink(
                stanza -> {
                    sent.add(stanza);
                    return CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver());
                },
                (event, origin) -> {
                    brought.add(event);
                    return CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
                },
                "1",
                InstantSource.system());

        private void checkSent() {
            for (OutgoingStanza stanza : sent) {
                assertThat(WrittenStanza.of(stanza.xml()).kind()).isEqualTo(stanza.kind());
            }
        }

        /** Sends an event back to where it came from; a message comes again as it was. */
        private void checkReturn(Event event) {
            sent.clear();
            brought.clear();
            if (event instanceof Event.Said said) {
                Instance reader = said.sender();
                Instance writer = said.recipient();
                link.deliver(new Event.Said(writer, reader, said.message()));
                assertThat(sent).as("%s", said).hasSize(1);
                checkSent();
                link.received(WrittenStanza.of(sent.get(0).xml()), PEER);
                assertThat(brought).as("%s", sent).isNotEmpty();
                Message again = ((Event.Said) brought.get(0)).message();
                assertThat(plain(again)).isEqualTo(plain(said.message()));
                assertThat(again.id()).isEqualTo(said.message().id());
                assertThat(again.conversation()).isEqualTo(said.message().conversation());
            } else if (event instanceof Event.Presence presence) {
                link.deliver(new Event.Presence(
                        presence.document().presentity(),
                        new PresenceDocument(
                                presence.watcher(), presence.document().instances())));
                checkSent();
            } else {
                link.deliver(event);
                checkSent();
            }
        }

        private static List<String> plain(Message message) {
            return message.bodies().stream()
                    .filter(body -> body.mediaType().equals(Body.PLAIN))
                    .map(Body::text)
                    .toList();
        }
    }
}
