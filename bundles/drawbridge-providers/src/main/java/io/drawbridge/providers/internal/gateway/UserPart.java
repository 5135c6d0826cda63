// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.gateway;

import io.drawbridge.api.model.Address;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The user part of a SIP address as plain text, and back (RFC 3261 section 25.1). */
final class UserPart {
    /** What needs no escaping: {@code unreserved} and {@code user-unreserved}. */
    private static final String PLAIN = "-_.!~*'()&=+$,;?/";

    private UserPart() {}

    /**
     * Returns an address with its user part unescaped.
     *
     * @throws IllegalArgumentException if it is not well escaped UTF-8, or holds control characters
     */
    static Address plain(Address address) {
        return address.user().indexOf('%') < 0 ? address : new Address(unescaped(address.user()), address.domain());
    }

    private static String unescaped(String user) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < user.length(); i++) {
            char c = user.charAt(i);
            if (c == '%') {
                octets.write(octet(user, i + 1));
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            throw new IllegalArgumentException("the user part is not UTF-8", otherCharset);
        }
    }

    private static int octet(String user, int at) {
        int high = at + 1 < user.length() ? Character.digit(user.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(user.charAt(at + 1), 16);
        if (low < 0) {
            throw new IllegalArgumentException("two hexadecimal digits follow each %");
        }
        return high << 4 | low;
    }

    /** Returns an address with whatever a SIP address may not hold escaped. */
    static Address escaped(Address address) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : address.user().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return new Address(escaped.toString(), address.domain());
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || PLAIN.indexOf(c) >= 0;
    }
}
