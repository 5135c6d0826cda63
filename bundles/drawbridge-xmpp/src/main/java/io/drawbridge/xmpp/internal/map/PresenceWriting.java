// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.Principal;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.last_interaction.element.IdleElement;
import org.jivesoftware.smackx.nick.packet.Nick;

/** Presence, watches and steps of authorizations of the model as stanzas (RFC 6121 sections 3 and 4). */
final class PresenceWriting {
    /** In front of the identifiers of requests, so that an error to one is known from an error to anything else. */
    static final String ASKED = "ask-";

    private PresenceWriting() {}

    /** Writes what an instance of an own user says of itself. */
    static OutgoingStanza presence(Principal presentity, Principal watcher, InstancePresence presence)
            throws Unmappable {
        Instance from = new Instance(presentity, presence.instance());
        boolean online = presence.availability().isOnline();
        PresenceBuilder stanza = stanza(from, watcher, "");
        stanza.ofType(online ? Presence.Type.available : Presence.Type.unavailable);
        notes(presence, stanza);
        if (online) {
            mode(presence.availability()).ifPresent(stanza::setMode);
            presence.priority().ifPresent(priority -> stanza.setPriority(priority.intValue()));
            presence.idleSince().ifPresent(since -> stanza.addExtension(new IdleElement(Date.from(since))));
        }
        return outgoing(from, watcher, stanza);
    }

    /** Writes that a principal, or one instance of it, is not there. */
    static OutgoingStanza unavailable(Principal presentity, Principal watcher, String instance) throws Unmappable {
        return presence(presentity, watcher, InstancePresence.of(instance, Availability.OFFLINE));
    }

    /** Writes a probe. */
    static OutgoingStanza probe(Principal watcher, Principal presentity) throws Unmappable {
        Instance from = Instance.anyOf(watcher);
        return outgoing(from, presentity, stanza(from, presentity, "").ofType(Presence.Type.probe));
    }

    /** Writes a step of an authorization. */
    static OutgoingStanza step(Event.Authorization event) throws Unmappable {
        Instance from = Instance.anyOf(event.from());
        PresenceBuilder stanza = stanza(from, event.to(), event.step() == Event.Step.ASK ? ASKED : "")
                .ofType(
                        switch (event.step()) {
                            case ASK -> Presence.Type.subscribe;
                            case GRANT -> Presence.Type.subscribed;
                            case REFUSE -> Presence.Type.unsubscribed;
                            case GIVE_UP -> Presence.Type.unsubscribe;
                        });
        if (event.step() == Event.Step.ASK && !event.nick().isEmpty()) {
            stanza.addExtension(new Nick(PlainText.xml(event.nick())));
        }
        return outgoing(from, event.to(), stanza);
    }

    private static PresenceBuilder stanza(Instance from, Principal to, String idPrefix) throws Unmappable {
        String id = idPrefix + org.jivesoftware.smack.packet.id.StandardStanzaIdSource.DEFAULT.getNewStanzaId();
        return StanzaBuilder.buildPresence(id).from(Addresses.write(from)).to(Addresses.write(to));
    }

    private static OutgoingStanza outgoing(Instance from, Principal to, PresenceBuilder stanza) {
        return Outgoing.of(Stanza.Kind.PRESENCE, from, Instance.anyOf(to), stanza.build());
    }

    private static void notes(InstancePresence presence, PresenceBuilder stanza) {
        List<Note> notes = presence.notes();
        if (notes.isEmpty()) {
            activity(presence.availability()).ifPresent(stanza::setStatus);
        }
        for (Note note : notes) {
            StandardExtensionElement.Builder status =
                    StandardExtensionElement.builder("status", Elements.CONTENT).setText(PlainText.xml(note.text()));
            if (!note.language().isEmpty()) {
                status.addAttribute("xml:lang", PlainText.xml(note.language()));
            }
            stanza.addExtension(status.build());
        }
    }

    private static Optional<Presence.Mode> mode(Availability availability) {
        return switch (availability) {
            case AVAILABLE, OFFLINE, INVISIBLE -> Optional.empty();
            case CHATTY -> Optional.of(Presence.Mode.chat);
            case IDLE, BE_RIGHT_BACK, AWAY, LUNCH -> Optional.of(Presence.Mode.away);
            case EXTENDED_AWAY -> Optional.of(Presence.Mode.xa);
            case BUSY, ON_PHONE, IN_MEETING, DO_NOT_DISTURB -> Optional.of(Presence.Mode.dnd);
        };
    }

    /** What people read where XMPP has no word for it and the user wrote nothing. */
    private static Optional<String> activity(Availability availability) {
        return switch (availability) {
            case ON_PHONE -> Optional.of("On the phone");
            case IN_MEETING -> Optional.of("In a meeting");
            default -> Optional.empty();
        };
    }
}
