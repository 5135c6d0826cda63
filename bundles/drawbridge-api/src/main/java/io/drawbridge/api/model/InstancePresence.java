// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one instance says of itself.
 *
 * @param instance the instance's identifier; empty if the protocol knows only the principal
 * @param availability how reachable it is
 * @param notes what its user wrote, one per language
 * @param priority preference among the principal's instances, -128 to 127 as in RFC 6121 section 4.7.2.3; empty if the
 *     protocol did not say. A negative one takes no messages that are for whichever instance
 * @param idleSince since when nobody touched it
 */
public record InstancePresence(
        String instance,
        Availability availability,
        List<Note> notes,
        Optional<Integer> priority,
        Optional<Instant> idleSince) {
    /**
     * Copies the notes.
     *
     * @throws IllegalArgumentException if the priority is out of range
     */
    public InstancePresence {
        notes = List.copyOf(notes);
        if (priority.filter(p -> p < -128 || p > 127).isPresent()) {
            throw new IllegalArgumentException("a priority lies between -128 and 127");
        }
    }

    /** Returns an instance with nothing but its availability. */
    public static InstancePresence of(String instance, Availability availability) {
        return new InstancePresence(instance, availability, List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns the same without what the user wrote. */
    public InstancePresence withoutNotes() {
        return new InstancePresence(instance, availability, List.of(), priority, idleSince);
    }
}
