// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.audit;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The record of what administrators did. Changes of configuration get here by themselves, whoever made them; what is
 * done by other means is told with {@link #record}. Goes to the log under the logger {@value #LOGGER}, and its end stays
 * in memory. Thread-safe; not for event loops, since the log may block.
 */
@ProviderType
public interface AuditTrail {
    /** The logger that receives every entry as one line. */
    String LOGGER = "io.drawbridge.audit";

    /**
     * Records an act of the calling thread's user.
     *
     * @param action what was done, such as {@code certificate requested}
     * @param subject to what, such as a PID or a file
     * @param changes what it changed; secrets already as {@code ***}
     */
    void record(String action, String subject, List<AuditEntry.Change> changes);

    /** Returns the newest entries, newest first, at most {@code limit}. */
    List<AuditEntry> last(int limit);
}
