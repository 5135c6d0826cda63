// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostKeyTest {
    @TempDir
    private Path etc;

    @Test
    void onlyTheShellThatShowsTheKeyItMadeIsTheAppliances() throws IOException, GeneralSecurityException {
        PublicKey own = key();
        Files.writeString(etc.resolve("org.apache.karaf.shell.cfg"), "hostKey = ${karaf.etc}/keys/host.key\n");
        Files.writeString(
                Files.createDirectory(etc.resolve("keys")).resolve("host.key.pub"),
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(own.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        HostKey key = new HostKey(etc);

        assertThat(key.is(own)).isTrue();
        assertThat(key.is(key())).isFalse();
    }

    @Test
    void whileTheShellHasNeverOpenedAnyShellIsAnothers() throws IOException, GeneralSecurityException {
        Files.createFile(etc.resolve("org.apache.karaf.shell.cfg"));

        assertThat(new HostKey(etc).is(key())).isFalse();
    }

    private static PublicKey key() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
    }
}
