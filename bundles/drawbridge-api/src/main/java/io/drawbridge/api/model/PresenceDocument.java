// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.util.List;

/**
 * Everything known of a principal's presence at one moment: a full state, not a change.
 *
 * @param presentity whose presence it is
 * @param instances one entry per instance; empty if nobody is signed in
 */
public record PresenceDocument(Principal presentity, List<InstancePresence> instances) {
    private static final int MOST_INSTANCES = 64;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if an instance occurs twice or there are too many
     */
    public PresenceDocument {
        instances = List.copyOf(instances);
        if (instances.size() > MOST_INSTANCES) {
            throw new IllegalArgumentException("a presence document has at most " + MOST_INSTANCES + " instances");
        }
        if (instances.stream().map(InstancePresence::instance).distinct().count() < instances.size()) {
            throw new IllegalArgumentException("an instance occurs twice in a presence document");
        }
    }

    /** Returns the document that says nobody is signed in. */
    public static PresenceDocument offline(Principal presentity) {
        return new PresenceDocument(presentity, List.of());
    }

    /** Returns the same without what the user wrote. */
    public PresenceDocument withoutNotes() {
        return new PresenceDocument(
                presentity,
                instances.stream().map(InstancePresence::withoutNotes).toList());
    }
}
