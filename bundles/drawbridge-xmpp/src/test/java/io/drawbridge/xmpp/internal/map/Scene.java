// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Trust;
import io.drawbridge.xmpp.internal.codec.WrittenStanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A link between Romeo of the own domain and Juliet of a partner, with both ways out in view. */
final class Scene {
    static final DomainName OWN = DomainName.of("corp.example");
    static final DomainName PARTNER = DomainName.of("chat.example");
    static final Principal ROMEO = Principal.of("romeo", OWN);
    static final Principal JULIET = Principal.of("juliet", PARTNER);
    static final Instance ROMEO_DESK = new Instance(ROMEO, "desk");
    static final Instance JULIET_BALCONY = new Instance(JULIET, "balcony");
    static final StreamPeer PEER = new StreamPeer(OWN, PARTNER, "xmpp.chat.example", Trust.STRONG);

    final List<OutgoingStanza> sent = new ArrayList<>();
    final List<Event> brought = new ArrayList<>();
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    CompletableFuture<DeliveryOutcome> streams = CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver());
    CompletableFuture<DeliveryOutcome> inbox = CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver());

    final XmppLink link = new XmppLink(
            stanza -> {
                sent.add(stanza);
                return streams;
            },
            (event, origin) -> {
                brought.add(event);
                return inbox;
            },
            "1.2.3",
            () -> now);

    /** A stanza of Juliet's arrives. */
    void receives(String xml) {
        link.received(WrittenStanza.of(xml), PEER);
    }

    /** A message of Juliet's for Romeo arrives. */
    void receivesMessage(String attributes, String content) {
        receives("<message from='juliet@chat.example/balcony' to='romeo@corp.example' " + attributes + ">" + content
                + "</message>");
    }

    /** Presence of Juliet's for Romeo arrives. */
    void receivesPresence(String attributes, String content) {
        receives("<presence from='juliet@chat.example/balcony' to='romeo@corp.example' " + attributes + ">" + content
                + "</presence>");
    }

    /** Returns the only event brought in. */
    Event event() {
        if (brought.size() != 1) {
            throw new AssertionError("not one event but " + brought);
        }
        return brought.get(0);
    }

    /** Returns the text of the only stanza sent. */
    String stanza() {
        if (sent.size() != 1) {
            throw new AssertionError("not one stanza but " + sent);
        }
        return sent.get(0).xml();
    }

    /** Lets the link deliver and returns what became of it. */
    DeliveryOutcome delivers(Event event) {
        return link.deliver(event).toCompletableFuture().join();
    }

    /** Lets time pass. */
    void after(Duration duration) {
        now = now.plus(duration);
    }
}
