// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import java.text.Normalizer;
import java.util.Locale;

/** Which nicks a network takes for the same one: ISUPPORT {@code CASEMAPPING} and {@code UTF8MAPPING}. */
public enum CaseMapping {
    /** The letters of ASCII have two cases. */
    ASCII,
    /** And so have {@code []\~}, whose lower case is <code>{}|^</code>: RFC 1459 section 2.2, the default. */
    RFC1459,
    /** As {@link #RFC1459} without {@code ~} and {@code ^}. */
    RFC1459_STRICT,
    /** All letters of Unicode have, as in RFC 8265. */
    RFC8265;

    /** Returns the mapping a server names; of one nobody knows, letters of ASCII are the part all agree on. */
    public static CaseMapping named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rfc1459" -> RFC1459;
            case "strict-rfc1459", "rfc1459-strict" -> RFC1459_STRICT;
            case "rfc8265", "rfc7613", "precis" -> RFC8265;
            default -> ASCII;
        };
    }

    /** Returns the form that is equal for equal nicks. */
    public String fold(String nick) {
        if (this == RFC8265) {
            return Normalizer.normalize(nick.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        }
        StringBuilder folded = new StringBuilder(nick.length());
        for (int i = 0; i < nick.length(); i++) {
            folded.append(fold(nick.charAt(i)));
        }
        return folded.toString();
    }

    private char fold(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c + 32);
        }
        if (this == ASCII) {
            return c;
        }
        return switch (c) {
            case '[' -> '{';
            case ']' -> '}';
            case '\\' -> '|';
            case '~' -> this == RFC1459 ? '^' : c;
            default -> c;
        };
    }
}
