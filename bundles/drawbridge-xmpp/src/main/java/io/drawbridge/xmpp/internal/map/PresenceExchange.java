// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Presence, watches and authorizations both ways (RFC 6121 sections 3 and 4, RFC 8048). */
final class PresenceExchange {
    /** What says that there is nobody to watch, and not that something is out of order for now. */
    private static final Set<Condition> FINAL = EnumSet.of(
            Condition.FORBIDDEN,
            Condition.GONE,
            Condition.ITEM_NOT_FOUND,
            Condition.JID_MALFORMED,
            Condition.NOT_ALLOWED,
            Condition.NOT_AUTHORIZED);

    private final Way way;
    private final InstantSource clock;
    private final SeenPresence seen;
    private final ShownPresence shown;

    PresenceExchange(Way way, InstantSource clock) {
        this.way = way;
        this.clock = clock;
        this.seen = new SeenPresence(clock);
        this.shown = new ShownPresence(clock);
    }

    /** Takes a presence stanza; completes when a step in it has its outcome. */
    CompletionStage<?> received(Received received, StreamPeer origin) {
        PresenceReading reading = new PresenceReading(received, clock);
        Principal from = received.sender().principal();
        Principal to = received.recipient().principal();
        if (!received.isBetweenPersons()) {
            // A domain has no presence to see and sees none.
            way.ignore();
            return StanzaReceiver.NOTHING;
        }
        switch (received.type()) {
            case "subscribe" -> {
                return ask(received, reading.nick(), origin);
            }
            case "subscribed" -> {
                return step(from, to, Step.GRANT, origin);
            }
            case "unsubscribe" -> {
                return step(from, to, Step.GIVE_UP, origin);
            }
            case "unsubscribed" -> {
                return step(from, to, Step.REFUSE, origin);
            }
            case "" -> available(received, reading, origin);
            case "unavailable" -> tell(received, reading.presence(), origin);
            case "probe" -> {
                shown.probed(from, to);
                way.bring(new Event.Watch(from, to, true), origin);
            }
            case "error" -> returned(received, origin);
            default -> way.refuse(received.stanza(), origin, Condition.BAD_REQUEST, "an unknown type of presence");
        }
        return StanzaReceiver.NOTHING;
    }

    private void available(Received received, PresenceReading reading, StreamPeer origin) {
        if (reading.entersRoom()) {
            way.refuse(received.stanza(), origin, Condition.SERVICE_UNAVAILABLE, "there is no room here");
        } else {
            tell(received, reading.presence(), origin);
        }
    }

    private void tell(Received received, InstancePresence news, StreamPeer origin) {
        Principal contact = received.sender().principal();
        Principal user = received.recipient().principal();
        boolean before = seen.isOnline(user, contact);
        Optional<PresenceDocument> document = seen.add(user, contact, news);
        if (document.isEmpty()) {
            way.ignore();
            return;
        }
        way.bring(new Event.Presence(user, document.get()), origin);
        if (before && !seen.isOnline(user, contact)) {
            // Who is gone looks at nobody; the next sign-in begins with a probe.
            shown.forget(contact, user);
            way.bring(new Event.Watch(contact, user, false), origin);
        }
    }

    private CompletionStage<?> ask(Received received, String nick, StreamPeer origin) {
        Principal from = received.sender().principal();
        Principal to = received.recipient().principal();
        return way.bring(new Event.Authorization(from, to, Step.ASK, nick), origin, outcome -> {
            if (outcome instanceof DeliveryOutcome.Failed failed) {
                way.refuse(received.stanza(), origin, failed);
            }
        });
    }

    private CompletionStage<?> step(Principal from, Principal to, Step step, StreamPeer origin) {
        if (step == Step.REFUSE) {
            seen.forget(to, from);
        }
        if (step == Step.GIVE_UP) {
            leave(to, from);
        }
        return way.bring(new Event.Authorization(from, to, step, ""), origin);
    }

    /** Takes presence that came back: only an error to a request, and only a final one, is an answer to it. */
    private void returned(Received received, StreamPeer origin) {
        Principal from = received.sender().principal();
        Principal to = received.recipient().principal();
        if (!FINAL.contains(Conditions.read(received.content()))) {
            way.ignore();
        } else if (received.id().startsWith(PresenceWriting.ASKED)) {
            step(from, to, Step.REFUSE, origin);
        } else if (seen.forget(to, from)) {
            way.bring(new Event.Presence(to, PresenceDocument.offline(from)), origin);
        } else {
            way.ignore();
        }
    }

    /** Sends a step; who loses the right to see is told first that nobody is there (RFC 6121 section 3.2.2). */
    CompletionStage<DeliveryOutcome> deliver(Event.Authorization event) throws Unmappable {
        OutgoingStanza step = PresenceWriting.step(event);
        if (event.step() == Step.REFUSE) {
            leave(event.from(), event.to());
        }
        if (event.step() == Step.GIVE_UP) {
            seen.forget(event.from(), event.to());
        }
        return way.send(step);
    }

    /** Sends the error that a request was met with; the request stays (interworking 6.4.3). */
    CompletionStage<DeliveryOutcome> deliver(Event.Unreachable event) throws Unmappable {
        return way.send(Outgoing.lateError(
                Stanza.Kind.PRESENCE, event.sender(), event.recipient(), "", Condition.REMOTE_SERVER_TIMEOUT));
    }

    /**
     * Sends a probe at the start of a watch. At its end the other side hears that nobody looks any more (RFC 8048 section
     * 5.3.3), unless it sees by its own right that somebody is there.
     */
    CompletionStage<DeliveryOutcome> deliver(Event.Watch event) throws Unmappable {
        Principal user = event.watcher();
        Principal contact = event.presentity();
        if (event.open()) {
            return way.send(PresenceWriting.probe(user, contact));
        }
        seen.forget(user, contact);
        return shown.isOnline(contact, user)
                ? CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver())
                : way.send(PresenceWriting.unavailable(user, contact, ""));
    }

    /** Sends what changed of an own user's presence, or all of it to who probed. */
    CompletionStage<DeliveryOutcome> deliver(Event.Presence event) throws Unmappable {
        Principal presentity = event.document().presentity();
        List<OutgoingStanza> stanzas = new ArrayList<>();
        for (InstancePresence news : shown.difference(event.watcher(), event.document())) {
            stanzas.add(PresenceWriting.presence(presentity, event.watcher(), news));
        }
        return sendAll(stanzas);
    }

    private void leave(Principal presentity, Principal watcher) {
        for (String instance : shown.forget(watcher, presentity)) {
            try {
                way.send(PresenceWriting.unavailable(presentity, watcher, instance));
            } catch (Unmappable e) {
                way.ignore();
            }
        }
    }

    private CompletionStage<DeliveryOutcome> sendAll(List<OutgoingStanza> stanzas) {
        CompletionStage<DeliveryOutcome> all = CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver());
        for (OutgoingStanza stanza : stanzas) {
            all = all.thenCombine(
                    way.send(stanza), (before, now) -> before instanceof DeliveryOutcome.Failed ? before : now);
        }
        return all;
    }
}
