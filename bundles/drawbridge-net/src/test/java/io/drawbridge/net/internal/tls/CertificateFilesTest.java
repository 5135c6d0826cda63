// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as the tool that most administrators use writes them. */
final class CertificateFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE",
                "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out FILE",
                "genrsa -traditional -out FILE 2048",
                "ecparam -name prime256v1 -genkey -out FILE",
                "ecparam -name prime256v1 -genkey -noout -out FILE",
            })
    void aPlainKeyIsRead(String command) throws Exception {
        assertThat(CertificateFiles.key(openssl(command), "")).isInstanceOf(PrivateKey.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:secret -out FILE",
                "genrsa -traditional -aes128 -passout pass:secret -out FILE 2048",
            })
    void anEncryptedKeyIsReadWithItsPasswordOnly(String command) throws Exception {
        Path file = openssl(command);
        assertThat(CertificateFiles.key(file, "secret")).isInstanceOf(PrivateKey.class);
        assertThatThrownBy(() -> CertificateFiles.key(file, ""))
                .isInstanceOf(IOException.class)
                .hasMessage("is encrypted; set .keyPassword");
        assertThatThrownBy(() -> CertificateFiles.key(file, "wrong"))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot be decrypted with .keyPassword");
    }

    @Test
    void certificatesAreFoundAmongOtherThings() throws Exception {
        OwnCertificate own =
                TestAuthority.root("Authority").intermediate("Below").issue("sip.contoso.example");
        Path file = TestAuthority.write(
                folder.resolve("all.pem"),
                own.key(),
                own.chain().get(0),
                own.chain().get(1));
        Files.writeString(file, "Subject: CN = sip.contoso.example\n" + Files.readString(file));
        assertThat(CertificateFiles.certificates(file)).containsExactlyElementsOf(own.chain());
        assertThat(CertificateFiles.key(file, "")).isEqualTo(own.key());
    }

    @Test
    void whatIsNoPemIsSaidToBeNone() throws Exception {
        Path file = Files.write(folder.resolve("noise"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> CertificateFiles.certificates(file)).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> CertificateFiles.key(file, "")).hasMessageContaining("holds no private key");
        assertThatThrownBy(() -> CertificateFiles.revocationLists(file))
                .hasMessageContaining("holds no certificate revocation list");
        assertThatThrownBy(() -> CertificateFiles.pkcs12(file, "")).hasMessageContaining("PKCS#12");
    }

    private Path openssl(String command) throws Exception {
        Path file = folder.resolve("key.pem");
        List<String> words = new ArrayList<>(List.of("openssl"));
        words.addAll(List.of(command.replace("FILE", file.toString()).split(" ")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return file;
    }
}
