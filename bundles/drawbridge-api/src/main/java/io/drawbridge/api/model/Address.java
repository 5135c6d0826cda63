// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

import java.util.Locale;

/**
 * A person's bare address: who, at which domain. Scheme, port and parameters are the protocol's business and are not
 * kept.
 *
 * @param user the part before the {@code @} as the protocol wrote it; empty for a domain without a person
 * @param domain the part behind it
 */
public record Address(String user, DomainName domain) {
    private static final int LONGEST_USER = 1024;

    /**
     * Checks the lengths and that neither part can break a line.
     *
     * @throws IllegalArgumentException if {@code user} is too long or holds a control character
     */
    public Address {
        if (user.length() > LONGEST_USER) {
            throw new IllegalArgumentException("the user part is longer than " + LONGEST_USER + " characters");
        }
        if (holdsControl(user)) {
            throw new IllegalArgumentException("the user part holds a control character");
        }
    }

    private static boolean holdsControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads {@code user@domain}, with or without a {@code sip:}, {@code sips:}, {@code im:} or {@code pres:} scheme.
     *
     * @throws IllegalArgumentException if there is no {@code @} or the domain is not one
     */
    public static Address of(String text) {
        String bare = text.strip().replaceFirst("^(?i:sips?|im|pres):", "");
        int at = bare.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("an address reads user@domain");
        }
        return new Address(bare.substring(0, at), DomainName.of(bare.substring(at + 1)));
    }

    /** Returns the same address with its user in lower case: the form under which policies are granted and looked up. */
    public Address folded() {
        return new Address(user.toLowerCase(Locale.ROOT), domain);
    }

    @Override
    public String toString() {
        return user.isEmpty() ? domain.value() : user + "@" + domain.value();
    }
}
