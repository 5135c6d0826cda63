// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import java.util.Locale;
import java.util.Optional;

/**
 * What clients say to clients within a message: the client-to-client protocol.
 *
 * @param command in upper case
 * @param argument the rest, may be empty
 */
public record Ctcp(String command, String argument) {
    private static final char MARK = 1;

    /** Reads the text of a message; empty if it is for people. */
    public static Optional<Ctcp> in(String text) {
        if (text.isEmpty() || text.charAt(0) != MARK) {
            return Optional.empty();
        }
        int end = text.indexOf(MARK, 1);
        String inner = text.substring(1, end < 0 ? text.length() : end);
        int space = inner.indexOf(' ');
        return Optional.of(
                space < 0
                        ? new Ctcp(inner.toUpperCase(Locale.ROOT), "")
                        : new Ctcp(inner.substring(0, space).toUpperCase(Locale.ROOT), inner.substring(space + 1)));
    }

    /** Returns the text of a message that says this. */
    public String text() {
        return MARK + command + (argument.isEmpty() ? "" : " " + argument) + MARK;
    }
}
