// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.audit;

import java.time.Instant;
import java.util.List;

/**
 * One act that changed something.
 *
 * @param when when it was done
 * @param who the user of the shell, {@code file NAME} for an edited file, or {@code system}
 * @param action what was done
 * @param subject to what
 * @param changes the values it changed
 */
public record AuditEntry(Instant when, String who, String action, String subject, List<Change> changes) {
    /** Copies the changes. */
    public AuditEntry {
        changes = List.copyOf(changes);
    }

    /**
     * One value that changed.
     *
     * @param key its name
     * @param before the old value, {@code ***} for a secret; empty if there was none
     * @param after the new value, {@code ***} for a secret; empty if there is none any more
     */
    public record Change(String key, String before, String after) {}
}
