// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.health;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Runs every health check. Thread-safe; blocks while checks run, so not for event loops. */
@ProviderType
public interface Health {
    /**
     * Returns what every check found, by name. A check that does not answer in time, or throws, is itself critical.
     * Answers asked for in quick succession are the same.
     */
    List<Finding> findings();
}
