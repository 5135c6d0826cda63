// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

/** The escaping of local parts by XEP-0106, with its whole set of characters in both directions. */
final class JidEscaping {
    private static final String ESCAPED = " \"&'/:<>@\\";
    private static final int SEQUENCE = 3;

    private JidEscaping() {}

    /** Escapes a local part; a backslash only where an escape sequence would stand otherwise. */
    static String escape(String local) {
        StringBuilder escaped = new StringBuilder(local.length() + 8);
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '\\' ? startsSequence(local, i) : ESCAPED.indexOf(c) >= 0) {
                escaped.append('\\').append(Integer.toHexString(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Undoes the escaping in one pass from left to right. */
    static String unescape(String local) {
        if (local.indexOf('\\') < 0) {
            return local;
        }
        StringBuilder plain = new StringBuilder(local.length());
        for (int i = 0; i < local.length(); i++) {
            if (local.charAt(i) == '\\' && startsSequence(local, i)) {
                plain.append((char) Integer.parseInt(local, i + 1, i + SEQUENCE, 16));
                i += SEQUENCE - 1;
            } else {
                plain.append(local.charAt(i));
            }
        }
        return plain.toString();
    }

    /** Whether a sequence of one of the ten characters stands at a place; in upper case too, as others might read it. */
    private static boolean startsSequence(String text, int at) {
        if (at + SEQUENCE > text.length()) {
            return false;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high >= 0 && low >= 0 && ESCAPED.indexOf((high << 4) + low) >= 0;
    }
}
