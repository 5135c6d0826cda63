// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a digest challenge with SHA-256 (RFC 7616 section 3.4, RFC 8760). */
final class Digest {
    private Digest() {}

    /** Returns the value of an Authorization header for a challenge that offers SHA-256 and {@code qop=auth}. */
    static String answer(String challenge, String user, String password, String method, String uri, String cnonce) {
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        String secret = hash(user + ":" + realm + ":" + password);
        String request = hash(method + ":" + uri);
        String response = hash(secret + ":" + nonce + ":00000001:" + cnonce + ":auth:" + request);
        return "Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"" + cnonce
                + "\"";
    }

    private static String parameter(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the challenge has no " + name);
        }
        return matcher.group(1);
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
