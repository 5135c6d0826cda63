// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.users;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The hash functions of digest authentication (RFC 7616, RFC 8760) in the order of preference. */
public enum DigestAlgorithm {
    /** RFC 8760 section 2.1. */
    SHA_256("SHA-256", "SHA-256", 64),
    /** Only for clients that know nothing else. */
    MD5("MD5", "MD5", 32);

    private final String token;
    private final String javaName;
    private final int hexDigits;

    DigestAlgorithm(String token, String javaName, int hexDigits) {
        this.token = token;
        this.javaName = javaName;
        this.hexDigits = hexDigits;
    }

    /** Returns the algorithm of a challenge's or credentials' token; a missing token means MD5 (RFC 7616 section 3.3). */
    public static Optional<DigestAlgorithm> of(String token) {
        if (token == null) {
            return Optional.of(MD5);
        }
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.token.equalsIgnoreCase(token))
                .findFirst();
    }

    /** Returns its name on the wire. */
    public String token() {
        return token;
    }

    /** Returns H(text) of RFC 7616 in lower-case hexadecimal. */
    public String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns H(A1) of RFC 7616 section 3.4.2, all that is kept of a password; {@code password} stays the caller's. */
    public String ha1(String user, String realm, char[] password) {
        ByteBuffer secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] prefix = (user + ":" + realm + ":").getBytes(StandardCharsets.UTF_8);
        byte[] a1 = Arrays.copyOf(prefix, prefix.length + secret.remaining());
        secret.get(a1, prefix.length, secret.remaining());
        try {
            return hash(a1);
        } finally {
            Arrays.fill(a1, (byte) 0);
            secret.clear();
            while (secret.hasRemaining()) {
                secret.put((byte) 0);
            }
        }
    }

    /** Returns whether {@code text} looks like a hash of this algorithm. */
    public boolean isHash(String text) {
        return text.matches("[0-9a-f]{" + hexDigits + "}");
    }

    private String hash(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(javaName).digest(octets));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("the Java platform lacks " + javaName, missing);
        }
    }
}
