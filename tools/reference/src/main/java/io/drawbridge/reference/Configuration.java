// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.reference;

import java.util.List;

/**
 * One PID with its settings.
 *
 * @param pid the PID, or the factory PID followed by {@code ~NAME}
 * @param name its name for people
 * @param description what it configures
 * @param settings its settings in alphabetical order
 */
record Configuration(String pid, String name, String description, List<Setting> settings) {
    Configuration {
        settings = List.copyOf(settings);
    }
}
