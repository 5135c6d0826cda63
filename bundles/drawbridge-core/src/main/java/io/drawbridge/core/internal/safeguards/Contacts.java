// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.model.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Digests of users' addresses. Salted, so that a peer cannot look for an address that counts as one it knows. */
final class Contacts {
    private final byte[] salt = new byte[16];

    Contacts(SecureRandom random) {
        random.nextBytes(salt);
    }

    long digest(Address user) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return ByteBuffer.wrap(sha.digest(user.folded().toString().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
