// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A person, bot or domain in the form every protocol is mapped to and from: neither percent-encoded as in SIP nor
 * escaped as in XMPP, so that two principals are equal exactly if they are the same one.
 *
 * @param local the decoded local part after the mapping steps of UsernameCaseMapped (RFC 8265 section 3.3): width
 *     mapped, lower case, NFC; empty for the domain itself; at most 1023 octets of UTF-8
 * @param domain the domain
 */
public record Principal(String local, DomainName domain) {
    private static final int LONGEST_LOCAL = 1023;
    private static final String ESCAPED_SOMEWHERE = " \"&'/:<>@\\";

    /**
     * Accepts a local part that is mapped already; {@link #of} maps.
     *
     * @throws IllegalArgumentException if it is too long, holds a control character, or mapping would change it
     */
    public Principal {
        if (!isPrintable(local) || local.length() > LONGEST_LOCAL) {
            requireMapped(local);
        }
    }

    private static void requireMapped(String local) {
        if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL) {
            throw new IllegalArgumentException("a local part has at most " + LONGEST_LOCAL + " octets");
        }
        if (local.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a local part holds no control character");
        }
        if (!mapped(local).equals(local)) {
            throw new IllegalArgumentException("the local part is not in its mapped form");
        }
    }

    /**
     * Maps a decoded local part and checks it. The string classes a protocol allows are the protocol's own rule.
     *
     * @throws IllegalArgumentException if it is too long, holds a control character, or has the wide form of a character
     *     that some protocol escapes: mapping would make an escape sequence or a delimiter of it
     */
    public static Principal of(String local, DomainName domain) {
        return new Principal(mapped(local), domain);
    }

    /** Returns whether this is a domain and not somebody at it. */
    public boolean isDomain() {
        return local.isEmpty();
    }

    @Override
    public String toString() {
        return isDomain() ? domain.value() : local + "@" + domain.value();
    }

    private static String mapped(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder narrow = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            // Only the forms of another width are decomposed, not every compatibility character.
            if (c == 0x3000 || (c >= 0xFF00 && c <= 0xFFEF)) {
                narrow.append(narrowed(c));
            } else {
                narrow.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String narrowed(int c) {
        String narrow = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        if (ESCAPED_SOMEWHERE.contains(narrow)) {
            throw new IllegalArgumentException("a wide form stands for a character that protocols escape");
        }
        return narrow;
    }

    /** Most local parts are, so that no further look at them is needed. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }
}
