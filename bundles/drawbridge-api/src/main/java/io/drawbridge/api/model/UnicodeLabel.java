// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A label of a domain name as people write it and as DNS carries it: IDNA 2008 as looked up (RFC 5891 section 5), after
 * the mapping of RFC 5895. What IDNA 2003 would take for another name, such as {@code ß} for {@code ss}, stays itself.
 */
final class UnicodeLabel {
    private static final String ACE_PREFIX = "xn--";
    private static final int LONGEST = 63;
    private static final int KATAKANA_MIDDLE_DOT = 0x30FB;
    private static final int IDEOGRAPHIC_ZERO = 0x3007;
    private static final int TATWEEL = 0x0640;

    private UnicodeLabel() {}

    /** Returns a name in the form that labels are taken from: narrow, lower case, composed, with full stops. */
    static String mapped(String name) {
        StringBuilder narrow = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            if (c == 0x3002) {
                narrow.append('.');
            } else if (c >= 0xFF00 && c <= 0xFFEF) {
                narrow.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            } else {
                narrow.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /**
     * Returns the A-label of a mapped label that may have characters beyond ASCII.
     *
     * @throws IllegalArgumentException if IDNA 2008 does not allow the label
     */
    static String toAscii(String label) {
        if (label.chars().allMatch(c -> c < 0x80)) {
            return label;
        }
        if (label.length() > LONGEST || !isAllowed(label)) {
            throw new IllegalArgumentException("a label of the domain name has a character that IDNA does not allow");
        }
        return ACE_PREFIX + Punycode.encode(label);
    }

    /** Returns what people read for a label of DNS; the label itself if it is not the encoding of an allowed one. */
    static String toUnicode(String label) {
        if (!label.startsWith(ACE_PREFIX)) {
            return label;
        }
        try {
            String decoded = Punycode.decode(label.substring(ACE_PREFIX.length()));
            return isAllowed(decoded)
                            && mapped(decoded).equals(decoded)
                            && toAscii(decoded).equals(label)
                    ? decoded
                    : label;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return label;
        }
    }

    private static boolean isAllowed(String label) {
        // The joiners are allowed after a virama only, which the platform cannot tell: names with them stay A-labels.
        return !(label.length() > 3 && label.startsWith("--", 2))
                && !isMark(label.codePointAt(0))
                && label.codePoints().allMatch(UnicodeLabel::isAllowed);
    }

    private static boolean isAllowed(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        }
        if (c == KATAKANA_MIDDLE_DOT || c == IDEOGRAPHIC_ZERO) {
            return true;
        }
        String text = Character.toString(c);
        return c != TATWEEL
                && (Character.isLetterOrDigit(c) || isMark(c))
                && Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC)
                        .equals(text);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
