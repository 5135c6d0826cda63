// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.provider.irc.line.Line;
import io.drawbridge.provider.irc.line.Octets;
import io.drawbridge.provider.irc.line.Utterance;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the own user is away, as the network shows it to everybody: one word for all, so that of what different contacts
 * may see the most present counts.
 */
final class OwnPresence {
    private static final Object QUEUED = "own presence";

    private final Outbox outbox;
    private final Support support;
    private final Map<Principal, State> shown = new HashMap<>();
    private Optional<String> told = Optional.empty();

    /** How the user is shown to one contact. */
    private record State(Availability availability, String note) {
        static final State OFFLINE = new State(Availability.OFFLINE, "");

        static State of(PresenceDocument document) {
            return document.instances().stream()
                    .map(State::of)
                    .reduce((one, other) -> one.rank() <= other.rank() ? one : other)
                    .orElse(OFFLINE);
        }

        private static State of(InstancePresence instance) {
            return new State(
                    instance.availability(),
                    instance.notes().stream().map(Note::text).findFirst().orElse(""));
        }

        int rank() {
            return switch (availability) {
                case AVAILABLE, CHATTY -> 0;
                case BUSY, ON_PHONE, IN_MEETING, DO_NOT_DISTURB -> 1;
                case IDLE, BE_RIGHT_BACK, LUNCH, AWAY -> 2;
                case EXTENDED_AWAY -> 3;
                case INVISIBLE, OFFLINE -> 4;
            };
        }

        boolean isOffline() {
            return rank() == OFFLINE.rank();
        }

        /** Returns what to be away with; empty if the user is there. */
        Optional<String> away() {
            if (rank() == 0) {
                return Optional.empty();
            }
            return Optional.of(
                    isOffline()
                            ? "Not signed in"
                            : note.isBlank()
                                    ? words(availability)
                                    : Utterance.plain(note).strip());
        }

        private static String words(Availability availability) {
            return switch (availability) {
                case ON_PHONE -> "In a call";
                case IN_MEETING -> "In a meeting";
                case DO_NOT_DISTURB -> "Do not disturb";
                case BUSY -> "Busy";
                case BE_RIGHT_BACK -> "Be right back";
                case LUNCH -> "Out to lunch";
                default -> "Away";
            };
        }
    }

    OwnPresence(Outbox outbox, Support support) {
        this.outbox = outbox;
        this.support = support;
    }

    void show(Principal watcher, PresenceDocument document) {
        State state = State.of(document);
        if (state.isOffline()) {
            shown.remove(watcher);
        } else {
            shown.put(watcher, state);
        }
        Optional<String> away = shown.values().stream()
                .reduce((one, other) -> one.rank() <= other.rank() ? one : other)
                .orElse(State.OFFLINE)
                .away()
                .map(text -> Octets.head(text.isBlank() ? "Away" : text, support.awayLength()));
        if (!away.equals(told)) {
            told = away;
            // Only the last word counts, however many have not left yet.
            outbox.remove(QUEUED);
            Line line = away.map(text -> Line.of("AWAY", text)).orElseGet(() -> Line.of("AWAY"));
            outbox.add(Outbox.Urgency.PRESENCE, line, QUEUED, () -> {});
        }
    }
}
