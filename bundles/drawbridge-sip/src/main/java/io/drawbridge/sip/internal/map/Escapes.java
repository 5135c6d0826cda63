// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of SIP URIs (RFC 3261 section 25.1). */
enum Escapes {
    /** {@code unreserved / user-unreserved}: what stands for itself in the user part. */
    USER("&=+$,;?/"),
    /** {@code paramchar}: what stands for itself in a parameter. */
    PARAMETER("[]/:&+$");

    private static final String MARK = "-_.!~*'()";
    private static final String HEXADECIMAL = "0123456789ABCDEF";
    private static final int ESCAPE_LENGTH = 3;
    private final String plain;

    Escapes(String more) {
        this.plain = MARK + more;
    }

    /** Encodes every octet of the text's UTF-8 that does not stand for itself, in upper-case hexadecimal. */
    String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isAlphanumeric(octet) || plain.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%')
                        .append(HEXADECIMAL.charAt(octet >> 4 & 0xf))
                        .append(HEXADECIMAL.charAt(octet & 0xf));
            }
        }
        return encoded.toString();
    }

    private static boolean isAlphanumeric(byte octet) {
        return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
    }

    /**
     * Decodes once: what an escape stands for is not looked at again.
     *
     * @param text as it stands in the URI, its octets one character each or decoded from UTF-8
     * @return empty if the octets are not UTF-8
     * @throws Unmappable 400 if an escape is not two hexadecimal digits
     */
    static Optional<String> decode(String text) throws Unmappable {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer octets = ByteBuffer.allocate(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                octets.put(escaped(source, i));
                i += ESCAPE_LENGTH - 1;
            } else {
                octets.put(source[i]);
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static byte escaped(byte[] source, int at) throws Unmappable {
        int high = at + 2 < source.length ? Character.digit(source[at + 1], 16) : -1;
        int low = at + 2 < source.length ? Character.digit(source[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new Unmappable(400, "Bad Escape In Address");
        }
        return (byte) (high << 4 | low);
    }
}
