// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.health;

import java.util.List;

/**
 * What a health check found.
 *
 * @param check the check's name, such as {@code certificates}
 * @param level how bad it is
 * @param details the facts for people, each bad one with its remedy
 */
public record Finding(String check, Level level, List<String> details) {
    /** Copies the details. */
    public Finding {
        details = List.copyOf(details);
    }

    /** How bad it is, in ascending order. */
    public enum Level {
        /** All is well. */
        OK,
        /** It works, but somebody must act before long. */
        WARNING,
        /** Something does not work. */
        CRITICAL
    }
}
