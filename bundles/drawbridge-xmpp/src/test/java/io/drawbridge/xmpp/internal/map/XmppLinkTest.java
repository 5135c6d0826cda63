// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static io.drawbridge.xmpp.internal.map.Scene.JULIET_BALCONY;
import static io.drawbridge.xmpp.internal.map.Scene.PEER;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.WrittenStanza;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XmppLinkTest {
    private static final Stanza MESSAGE =
            WrittenStanza.of("<message from='juliet@chat.example' to='romeo@corp.example'><body>b</body></message>");
    private static final Stanza CALLS_FOR_NOTHING =
            WrittenStanza.of("<iq from='chat.example' to='corp.example' id='i1' type='result'/>");

    private final Scene scene = new Scene();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<message>",
                "<message a='1' a='2'/>",
                "<message><x:y/></message>",
                "<message>&#0;</message>",
                "<!DOCTYPE m [<!ENTITY a 'b'>]><message>&a;</message>"
            })
    void whatCannotBeReadIsABadRequest(String document) {
        scene.link.received(stanza("juliet@chat.example", "m1", document), PEER);
        assertThat(scene.stanza()).contains("id='m1'", "<bad-request ");
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void anAddressThatIsNoneIsAnsweredAsItCame() {
        scene.link.received(stanza("j'ul\"iet@chat.example", "m1", "<message/>"), PEER);
        assertThat(scene.stanza()).contains("to='j&apos;ul\"iet@chat.example'", "<jid-malformed ");
    }

    @Test
    void whoeverFailsBehindTheInboxFailsOneStanza() {
        Inbox broken = (event, origin) -> {
            throw new IllegalStateException("broken");
        };
        List<String> sent = new ArrayList<>();
        XmppLink link = new XmppLink(
                stanza -> {
                    sent.add(stanza.xml());
                    return scene.streams;
                },
                broken,
                "1",
                InstantSource.system());
        link.received(MESSAGE, PEER);
        assertThat(sent).singleElement().asString().contains("type='error'");
    }

    @Test
    void whoeverFailsBehindTheStreamsFailsOneMessage() {
        XmppLink link = new XmppLink(
                stanza -> {
                    throw new IllegalStateException("broken");
                },
                (event, origin) -> scene.inbox,
                "1",
                InstantSource.system());
        assertThat(link.deliver(new Event.Said(ROMEO_DESK, JULIET_BALCONY, Message.chat("r1", "", "b"))))
                .isCompletedWithValue(DeliveryOutcome.failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message from='juliet@chat.example' to='romeo@corp.example'><body>b</body></message>",
                "<presence from='juliet@chat.example' to='romeo@corp.example' type='subscribe'/>",
                "<presence from='juliet@chat.example' to='romeo@corp.example' type='subscribed'/>",
                "<presence from='juliet@chat.example' to='romeo@corp.example' type='unsubscribe'/>",
                "<presence from='juliet@chat.example' to='romeo@corp.example' type='unsubscribed'/>"
            })
    void whatMayNotBeLostIsHandledWhenItHasItsOutcome(String stanza) {
        scene.inbox = new CompletableFuture<>();
        CompletionStage<?> handled =
                scene.link.received(WrittenStanza.of(stanza), PEER).orElseThrow();
        assertThat(handled.toCompletableFuture()).isNotDone();
        scene.inbox.complete(DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER));
        assertThat(handled.toCompletableFuture()).isCompleted();
    }

    @Test
    void theEndOfTheLinkWaitsForTheAnswersOfWhatItTook() {
        scene.inbox = new CompletableFuture<>();
        scene.streams = new CompletableFuture<>();
        scene.receivesMessage("id='m1' type='chat'", "<body>b</body>");
        CompletableFuture<Void> end = CompletableFuture.runAsync(scene.link::drain);
        while (scene.link.received(CALLS_FOR_NOTHING, PEER).isPresent()) {
            Thread.onSpinWait();
        }
        assertThat(scene.delivers(new Event.Said(ROMEO_DESK, JULIET_BALCONY, Message.chat("r1", "", "b"))))
                .isEqualTo(DeliveryOutcome.failed(Condition.SERVICE_UNAVAILABLE, Reason.SHUTTING_DOWN));
        scene.sent.clear();
        scene.inbox.complete(DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER));
        assertThat(scene.stanza()).contains("id='m1'", "<item-not-found ");
        assertThat(end).isNotDone();
        scene.streams.complete(new DeliveryOutcome.HandedOver());
        assertThat(end).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void refusedAndIgnoredStanzasAreCounted() {
        scene.receivesMessage("type='groupchat'", "<body>b</body>");
        scene.receivesMessage("type='error'", "");
        Map<String, Double> counted = new HashMap<>();
        scene.link.collect(new MetricSink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                counted.put(name + (labels.length > 0 ? " " + labels[1] : ""), value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                throw new AssertionError(name);
            }
        });
        assertThat(counted)
                .containsEntry("drawbridge_xmpp_stanzas_refused service-unavailable", 1.0)
                .containsEntry("drawbridge_xmpp_stanzas_refused bad-request", 0.0)
                .containsEntry("drawbridge_xmpp_stanzas_ignored", 1.0);
    }

    private static Stanza stanza(String from, String id, String document) {
        return WrittenStanza.of(
                Stanza.Kind.MESSAGE, new Stanza.Attributes(from, "romeo@corp.example", id, "", ""), document);
    }
}
