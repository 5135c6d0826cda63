// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces of digest authentication that carry their own proof, so that handing them out costs no memory: when they were
 * made, chance, and a MAC over both and the connection. Only nonces that were used are remembered, with the highest
 * count seen (RFC 7616 section 3.4.5); if there are too many, the oldest are forgotten and with them every nonce as old,
 * so that nothing can be replayed.
 */
final class Nonces {
    private static final int STAMP_OCTETS = 16;
    private static final int MAC_OCTETS = 16;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final SecretKeySpec key;
    private final InstantSource clock;
    private final int limit;
    private long forgottenUpTo = Long.MIN_VALUE;

    Nonces(InstantSource clock, int limit) {
        this.clock = clock;
        this.limit = limit;
        byte[] octets = new byte[32];
        random.nextBytes(octets);
        key = new SecretKeySpec(octets, "HmacSHA256");
    }

    /** Makes a nonce for one connection. */
    String create(String connection) {
        byte[] stamp = ByteBuffer.allocate(STAMP_OCTETS)
                .putLong(clock.millis())
                .putLong(random.nextLong())
                .array();
        byte[] nonce = Arrays.copyOf(stamp, STAMP_OCTETS + MAC_OCTETS);
        System.arraycopy(mac(stamp, connection), 0, nonce, STAMP_OCTETS, MAC_OCTETS);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /**
     * Uses a nonce once, with a count higher than any before.
     *
     * @return false if it is not ours, too old, or was used with this count already: the client must take a new one
     */
    boolean use(String nonce, String connection, int count, Duration life) {
        long made = madeAt(nonce, connection);
        boolean old = made < clock.millis() - life.toMillis() || made > clock.millis();
        if (old || (made <= forgottenUpTo && !counts.containsKey(nonce))) {
            return false;
        }
        if (count <= counts.getOrDefault(nonce, 0)) {
            return false;
        }
        counts.put(nonce, count);
        if (counts.size() > limit) {
            String eldest = counts.keySet().iterator().next();
            counts.remove(eldest);
            forgottenUpTo = Math.max(forgottenUpTo, stamp(eldest));
        }
        return true;
    }

    private long madeAt(String nonce, String connection) {
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notOurs) {
            return Long.MIN_VALUE;
        }
        if (octets.length != STAMP_OCTETS + MAC_OCTETS) {
            return Long.MIN_VALUE;
        }
        byte[] expected = mac(Arrays.copyOf(octets, STAMP_OCTETS), connection);
        byte[] actual = Arrays.copyOfRange(octets, STAMP_OCTETS, octets.length);
        return MessageDigest.isEqual(expected, actual) ? stamp(nonce) : Long.MIN_VALUE;
    }

    private static long stamp(String nonce) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(nonce)).getLong();
    }

    private byte[] mac(byte[] stamp, String connection) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(stamp);
            return Arrays.copyOf(mac.doFinal(connection.getBytes(StandardCharsets.UTF_8)), MAC_OCTETS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the Java platform lacks HmacSHA256", missing);
        }
    }
}
