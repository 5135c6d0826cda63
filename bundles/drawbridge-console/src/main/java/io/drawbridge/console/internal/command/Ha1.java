// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.model.Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What the embedded home keeps of a password: the hashes that digest authentication needs (RFC 7616 section 3.4.2). */
final class Ha1 {
    private Ha1() {}

    /** Returns the settings of {@code io.drawbridge.home.user} that hold the hashes; the realm is the domain. */
    static Map<String, String> of(Address user, String password) {
        String secret = user.user() + ":" + user.domain() + ":" + password;
        return Map.of(".ha1Sha256", hash("SHA-256", secret), ".ha1Md5", hash("MD5", secret));
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }
}
