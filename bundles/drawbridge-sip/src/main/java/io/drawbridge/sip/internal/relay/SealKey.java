// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret behind every {@link RouteSeal} of this appliance. */
public final class SealKey {
    private static final Logger LOG = LoggerFactory.getLogger(SealKey.class);
    private static final int OCTETS = 32;

    private SealKey() {}

    /**
     * Returns the key a file keeps, which only this account may read; makes one if there is none, so that dialogs
     * outlive a restart. Without a file that can be written they do not.
     */
    public static SecretKey keptIn(Path file) {
        try {
            byte[] kept = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            if (kept.length == OCTETS) {
                return key(kept);
            }
            byte[] fresh = fresh();
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, fresh);
            return key(fresh);
        } catch (IOException | UnsupportedOperationException unusable) {
            LOG.warn("{}: dialogs will not outlive a restart, their key cannot be kept: {}", file, unusable.toString());
            return forThisRun();
        }
    }

    /** Returns a key that nobody keeps. */
    public static SecretKey forThisRun() {
        return key(fresh());
    }

    private static byte[] fresh() {
        byte[] octets = new byte[OCTETS];
        new SecureRandom().nextBytes(octets);
        return octets;
    }

    private static SecretKey key(byte[] octets) {
        return new SecretKeySpec(octets, RouteSeal.ALGORITHM);
    }
}
