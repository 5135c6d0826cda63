// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Dialback keys (XEP-0185): made from a secret alone, so that whoever shares it can check them. Thread-safe. */
final class DialbackKeys {
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec hashedSecret;

    DialbackKeys(String secret) {
        hashedSecret = new SecretKeySpec(text(hash(secret)), HMAC);
    }

    /**
     * Returns the key for a stream.
     *
     * @param receiving the domain the stream leads to
     * @param originating the domain that opened it
     * @param stream the identifier the receiving domain gave it
     */
    String key(String receiving, String originating, String stream) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(hashedSecret);
            return HexFormat.of().formatHex(mac.doFinal(text(receiving + ' ' + originating + ' ' + stream)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    /** Compares in a time that does not tell where they differ. */
    boolean isKey(String claimed, String receiving, String originating, String stream) {
        return MessageDigest.isEqual(text(claimed), text(key(receiving, originating, stream)));
    }

    /** The HMAC key is the text of the digest, not its octets (XEP-0185 section 3). */
    static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text(secret)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
