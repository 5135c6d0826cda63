// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A DNS domain as a unit of trust and routing: lower-case A-labels (RFC 5890), no trailing dot, neither an IP address
 * nor a wildcard. Two names are equal exactly if they name the same domain.
 *
 * @param value the normalised name, at most 253 characters, for example {@code xn--bcher-kva.example}
 */
public record DomainName(String value) implements Comparable<DomainName> {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /**
     * Accepts a name that is already normalised; {@link #of} normalises.
     *
     * @throws IllegalArgumentException if it is not a normalised domain name; the message states the rule
     */
    public DomainName {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("a domain name has 1 to " + LONGEST + " characters");
        }
        if (IPV4.matcher(value).matches()) {
            throw new IllegalArgumentException("an IP address is not a domain name");
        }
        for (String label : value.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("'" + printable(label) + "' is not a label of a domain name");
            }
        }
    }

    /**
     * Normalises and checks a name as a person or a message writes it.
     *
     * @throws IllegalArgumentException if it is not a domain name; the message states the rule and is safe to show
     */
    public static DomainName of(String text) {
        String name = text.strip();
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!isAscii(name)) {
            name = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
        }
        return new DomainName(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whether this name is {@code parent} or lies below it, the same-domain rule of federation SRV records. */
    public boolean isWithin(DomainName parent) {
        return value.equals(parent.value) || value.endsWith("." + parent.value);
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
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String printable(String text) {
        String head = text.length() > 63 ? text.substring(0, 63) + "…" : text;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
