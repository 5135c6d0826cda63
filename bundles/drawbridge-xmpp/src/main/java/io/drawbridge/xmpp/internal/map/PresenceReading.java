// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.smack.packet.StandardExtensionElement;

/** What a presence stanza says of the resource it is from (RFC 6121 section 4.7, XEP-0319, XEP-0256). */
final class PresenceReading {
    private static final int MOST_NOTES = 8;
    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_NICK = 200;
    private static final long LONGEST_IDLE_SECONDS = 366L * 24 * 3600;

    private final Received received;
    private final StandardExtensionElement content;
    private final InstantSource clock;

    PresenceReading(Received received, InstantSource clock) {
        this.received = received;
        this.content = received.content();
        this.clock = clock;
    }

    /** Returns what the resource says of itself. */
    InstancePresence presence() {
        Optional<Instant> idle = idleSince();
        return new InstancePresence(received.sender().id(), availability(idle), notes(), priority(), idle);
    }

    /** Returns whether it wants to enter a room (XEP-0045 section 7.2). */
    boolean entersRoom() {
        return Elements.has(content, "x", Elements.MUC);
    }

    /** Returns what the sender calls itself (XEP-0172); empty if it does not say. */
    String nick() {
        return Elements.first(content, "nick", Elements.NICK)
                .map(nick -> PlainText.line(Elements.text(nick), LONGEST_NICK))
                .orElse("");
    }

    private Availability availability(Optional<Instant> idle) {
        if (received.type().equals("unavailable")) {
            return Availability.OFFLINE;
        }
        String show = Elements.first(content, "show", Elements.CONTENT)
                .map(Elements::text)
                .orElse("");
        return switch (show.strip()) {
            case "chat" -> Availability.CHATTY;
            case "away" -> idle.isPresent() ? Availability.IDLE : Availability.AWAY;
            case "xa" -> Availability.EXTENDED_AWAY;
            case "dnd" -> Availability.DO_NOT_DISTURB;
            default -> Availability.AVAILABLE;
        };
    }

    private List<Note> notes() {
        Map<String, Note> notes = new LinkedHashMap<>();
        Elements.all(content, "status", Elements.CONTENT)
                .filter(status -> !Elements.text(status).isBlank())
                .limit(MOST_NOTES)
                .forEach(status -> {
                    String language = MessageReading.language(received.languageOf(status));
                    notes.putIfAbsent(
                            language, new Note(language, PlainText.line(Elements.text(status), LONGEST_NOTE)));
                });
        return List.copyOf(notes.values());
    }

    private Optional<Integer> priority() {
        return Elements.first(content, "priority", Elements.CONTENT)
                .map(priority -> Elements.text(priority).strip())
                .filter(priority -> priority.matches("[+-]?\\d{1,3}"))
                .map(Integer::valueOf)
                .filter(priority -> priority >= -128 && priority <= 127);
    }

    private Optional<Instant> idleSince() {
        Instant now = clock.instant();
        return Elements.first(content, "idle", Elements.IDLE)
                .flatMap(idle -> Elements.attribute(idle, "since"))
                .flatMap(MessageReading::instant)
                .or(() -> Elements.first(content, "query", Elements.LAST_ACTIVITY)
                        .flatMap(query -> Elements.attribute(query, "seconds"))
                        .filter(seconds -> seconds.matches("\\d{1,9}"))
                        .map(seconds -> now.minusSeconds(Long.parseLong(seconds))))
                .filter(since -> since.isAfter(now.minusSeconds(LONGEST_IDLE_SECONDS)))
                .map(since -> since.isAfter(now) ? now : since);
    }
}
