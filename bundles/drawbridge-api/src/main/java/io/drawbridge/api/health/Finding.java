// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.health;

/**
 * What a health check found.
 *
 * @param check the check's name, such as {@code certificates}
 * @param level how bad it is
 * @param detail the facts, for people
 * @param remedy what to do about it; empty if it is well
 */
public record Finding(String check, Level level, String detail, String remedy) {
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
