// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestAuthorityTest {
    @TempDir
    private Path directory;

    private TestAuthority authority;

    @BeforeEach
    void makeAuthority() {
        authority = new TestAuthority("Test CA", directory);
    }

    @Test
    void itsCertificatesSayWhatWasAskedFor() throws GeneralSecurityException {
        Credential credential = authority.issue(
                Leaf.of("sip.fabrikam.example").withUris("sip:fabrikam.example").purposes(Leaf.Purpose.SERVER));
        assertThat(credential.certificate().getSubjectAlternativeNames())
                .containsExactly(List.of(6, "sip:fabrikam.example"));
        assertThat(credential.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        credential.certificate().verify(authority.certificate().getPublicKey());
    }

    @Test
    void aSecondAuthorityOfTheSameNameIsAStranger() {
        Credential foreign =
                new TestAuthority("Test CA", directory.resolve("other")).issue(Leaf.of("sip.fabrikam.example"));
        assertThatThrownBy(() ->
                        foreign.certificate().verify(authority.certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void validityIsFreelyChosen() {
        Instant now = Instant.now();
        Credential old = authority.issue(
                Leaf.of("sip.fabrikam.example").valid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))));
        assertThatThrownBy(() -> old.certificate().checkValidity()).isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void theRevocationListNamesWhatIsRevoked() throws IOException, GeneralSecurityException {
        Credential good = authority.issue(Leaf.of("good.fabrikam.example"));
        Credential bad = authority.issue(Leaf.of("bad.fabrikam.example"));
        authority.revoke(bad);
        try (InputStream in = Files.newInputStream(authority.revocationFile())) {
            X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
            list.verify(authority.certificate().getPublicKey());
            assertThat(list.isRevoked(bad.certificate())).isTrue();
            assertThat(list.isRevoked(good.certificate())).isFalse();
        }
    }

    @Test
    void thePkcs12FileHoldsKeyAndChain() throws IOException, GeneralSecurityException {
        Credential credential = authority.issue(Leaf.of("sip.fabrikam.example"));
        KeyStore store = KeyStore.getInstance(credential.pkcs12File().toFile(), Credential.PASSWORD.toCharArray());
        assertThat(store.getCertificateChain("key")).containsExactly(credential.certificate(), authority.certificate());
        assertThat(store.getKey("key", Credential.PASSWORD.toCharArray())).isEqualTo(credential.key());
    }
}
