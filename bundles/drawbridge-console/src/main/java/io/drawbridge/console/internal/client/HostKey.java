// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;

/**
 * By which key the shell of an appliance is known: the one it makes when it is first talked to. So the key is read when a
 * shell shows its own, not before.
 *
 * @param etc the configuration of the appliance
 */
record HostKey(Path etc) {
    /** Returns whether a shell that shows this key is the appliance's. */
    boolean is(PublicKey shown) {
        try {
            Path file = Path.of(location() + ".pub");
            return Files.isReadable(file) && Arrays.equals(shown.getEncoded(), decoded(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String location() throws IOException {
        Properties shell = new Properties();
        try (Reader file = Files.newBufferedReader(etc.resolve("org.apache.karaf.shell.cfg"))) {
            shell.load(file);
        }
        return shell.getProperty("hostKey", "${karaf.etc}/host.key").replace("${karaf.etc}", etc.toString());
    }

    private static byte[] decoded(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
    }
}
