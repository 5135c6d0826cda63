// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Availability;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Availability in the words of RPID (RFC 4480) and of XMPP's {@code show}, which PIDF may embed (RFC 8048 section 4.2;
 * interworking 6.4.1 and 6.4.2).
 */
final class Rpid {
    private static final Map<String, Availability> ACTIVITIES = Map.ofEntries(
            Map.entry("on-the-phone", Availability.ON_PHONE),
            Map.entry("meeting", Availability.IN_MEETING),
            Map.entry("appointment", Availability.IN_MEETING),
            Map.entry("performance", Availability.IN_MEETING),
            Map.entry("presentation", Availability.IN_MEETING),
            Map.entry("busy", Availability.BUSY),
            Map.entry("steering", Availability.BUSY),
            Map.entry("working", Availability.AVAILABLE),
            Map.entry("other", Availability.AVAILABLE),
            Map.entry("unknown", Availability.AVAILABLE),
            Map.entry("away", Availability.AWAY),
            Map.entry("in-transit", Availability.AWAY),
            Map.entry("travel", Availability.AWAY),
            Map.entry("shopping", Availability.AWAY),
            Map.entry("vacation", Availability.EXTENDED_AWAY),
            Map.entry("holiday", Availability.EXTENDED_AWAY),
            Map.entry("permanent-absence", Availability.EXTENDED_AWAY),
            Map.entry("sleeping", Availability.EXTENDED_AWAY),
            Map.entry("worship", Availability.EXTENDED_AWAY),
            Map.entry("breakfast", Availability.LUNCH),
            Map.entry("lunch", Availability.LUNCH),
            Map.entry("dinner", Availability.LUNCH),
            Map.entry("meal", Availability.LUNCH));

    private Rpid() {}

    /** Returns what several activities come to: the strictest; empty if none is known. */
    static Optional<Availability> strictest(Collection<String> activities) {
        return activities.stream()
                .map(ACTIVITIES::get)
                .filter(java.util.Objects::nonNull)
                .max(Comparator.comparingInt(Rpid::strictness));
    }

    private static int strictness(Availability availability) {
        return switch (show(availability).orElse("")) {
            case "dnd" -> availability == Availability.DO_NOT_DISTURB ? 4 : 3;
            case "xa" -> 2;
            case "away" -> 1;
            default -> 0;
        };
    }

    /** Returns the activity that says an availability; empty if none has to. */
    static Optional<String> activity(Availability availability) {
        return Optional.ofNullable(
                switch (availability) {
                    case BUSY, DO_NOT_DISTURB -> "busy";
                    case ON_PHONE -> "on-the-phone";
                    case IN_MEETING -> "meeting";
                    case BE_RIGHT_BACK, AWAY, EXTENDED_AWAY -> "away";
                    case LUNCH -> "meal";
                    default -> null;
                });
    }

    /** Returns XMPP's word for an availability; empty for plainly available and for offline. */
    static Optional<String> show(Availability availability) {
        return Optional.ofNullable(
                switch (availability) {
                    case CHATTY -> "chat";
                    case IDLE, BE_RIGHT_BACK, AWAY, LUNCH -> "away";
                    case EXTENDED_AWAY -> "xa";
                    case BUSY, ON_PHONE, IN_MEETING, DO_NOT_DISTURB -> "dnd";
                    default -> null;
                });
    }

    /** Returns what XMPP's word means; empty for any other word. */
    static Optional<Availability> ofShow(String show) {
        return Optional.ofNullable(
                switch (show) {
                    case "chat" -> Availability.CHATTY;
                    case "away" -> Availability.AWAY;
                    case "xa" -> Availability.EXTENDED_AWAY;
                    case "dnd" -> Availability.DO_NOT_DISTURB;
                    default -> null;
                });
    }
}
