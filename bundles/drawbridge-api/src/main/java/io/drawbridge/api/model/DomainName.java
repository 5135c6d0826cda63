// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A DNS domain as a unit of trust and routing: lower-case A-labels (RFC 5890), no trailing dot, neither an IP address
 * nor a wildcard. Two names are equal exactly if they name the same domain.
 *
 * @param value the normalised name, at most 253 characters, for example {@code xn--bcher-kva.example}
 */
public record DomainName(String value) implements Comparable<DomainName> {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Accepts a name that is already normalised; {@link #of} normalises.
     *
     * @throws IllegalArgumentException if it is not a normalised domain name; the message states the rule
     */
    public DomainName {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("a domain name has 1 to " + LONGEST + " characters");
        }
        // Read character by character: this runs for the domains of every message.
        boolean numeric = true;
        int start = 0;
        for (int end = value.indexOf('.'); end >= 0; end = value.indexOf('.', start)) {
            numeric &= requireLabel(value, start, end);
            start = end + 1;
        }
        numeric &= requireLabel(value, start, value.length());
        if (numeric) {
            throw new IllegalArgumentException("an IP address is not a domain name");
        }
    }

    /** Checks one label and returns whether it is a number. */
    private static boolean requireLabel(String name, int start, int end) {
        int length = end - start;
        boolean valid = length > 0
                && length <= LONGEST_LABEL
                && name.charAt(start) != '-'
                && name.charAt(end - 1) != '-'
                && (length == 1 || name.charAt(end - 1) != '_');
        boolean numeric = true;
        for (int i = start; valid && i < end; i++) {
            char c = name.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            numeric &= digit;
            valid = digit || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "'" + printable(name.substring(start, end)) + "' is not a label of a domain name");
        }
        return numeric;
    }

    /**
     * Normalises and checks a name as a person or a message writes it.
     *
     * @throws IllegalArgumentException if it is not a domain name; the message states the rule and is safe to show
     */
    public static DomainName of(String text) {
        String name = text.strip();
        boolean ascii = isAscii(name);
        if (!ascii) {
            if (name.length() > LONGEST) {
                throw new IllegalArgumentException("a domain name has 1 to " + LONGEST + " characters");
            }
            name = UnicodeLabel.mapped(name);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        return new DomainName(ascii ? name.toLowerCase(Locale.ROOT) : eachLabel(name, UnicodeLabel::toAscii));
    }

    /** Returns the name as people read it, with U-labels (IDNA 2008) where a label has one: the form of RFC 7622. */
    public String unicode() {
        return value.contains("xn--") ? eachLabel(value, UnicodeLabel::toUnicode) : value;
    }

    private static String eachLabel(String name, UnaryOperator<String> form) {
        return Arrays.stream(name.split("\\.", -1)).map(form).collect(Collectors.joining("."));
    }

    /**
     * Returns whether a host is this domain or lies below it, the same-domain rule of federation SRV records.
     *
     * @param host a host name in lower case
     */
    public boolean contains(String host) {
        int below = host.length() - value.length();
        return host.endsWith(value) && (below == 0 || host.charAt(below - 1) == '.');
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String printable(String text) {
        String head = text.length() > 63 ? text.substring(0, 63) + "…" : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
