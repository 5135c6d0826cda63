// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.net.internal.tls.CertificateFiles;
import io.drawbridge.net.internal.tls.OwnCertificate;
import io.drawbridge.net.internal.tls.TestAuthority;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How certificates are come by. */
final class IdentityDirectoryTest {
    private static final List<String> NAMES = List.of("sip.contoso.example", "contoso.example");

    @TempDir
    private Path folder;

    private final IdentityDirectory directory = new IdentityDirectory(Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC));
    private final TestAuthority authority = TestAuthority.root("Authority");

    private JcaPKCS10CertificationRequest read(Path request) throws IOException {
        try (Reader reader = Files.newBufferedReader(request);
                PEMParser parser = new PEMParser(reader)) {
            return new JcaPKCS10CertificationRequest((PKCS10CertificationRequest) parser.readObject());
        }
    }

    /** Answers a request as an authority would. */
    private OwnCertificate answer(JcaPKCS10CertificationRequest request) throws Exception {
        return authority
                .order(NAMES.get(0))
                .keys(new KeyPair(request.getPublicKey(), null))
                .issue();
    }

    @Test
    void aRequestIsSignedByItsKeyAndAsksForDnsNamesOnly() throws Exception {
        Path file = directory.request("outside", NAMES, false, folder);
        JcaPKCS10CertificationRequest request = read(file);
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
                .isTrue();
        assertThat(request.getSubject()).hasToString("CN=sip.contoso.example");
        GeneralNames names =
                GeneralNames.fromExtensions(request.getRequestedExtensions(), Extension.subjectAlternativeName);
        assertThat(names.getNames())
                .allMatch(name -> name.getTagNo() == GeneralName.dNSName)
                .extracting(name -> name.getName().toString())
                .containsExactlyElementsOf(NAMES);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void theClientPurposeIsAskedForOnDemandOnly(boolean clientPurpose, int purposes) throws Exception {
        ExtendedKeyUsage asked = ExtendedKeyUsage.fromExtensions(
                read(directory.request("outside", NAMES, clientPurpose, folder)).getRequestedExtensions());
        assertThat(asked.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)).isTrue();
        assertThat(asked.hasKeyPurposeId(KeyPurposeId.id_kp_clientAuth)).isEqualTo(clientPurpose);
        assertThat(asked.size()).isEqualTo(purposes);
    }

    @Test
    void aKeyIsReadableByItsOwnerOnly() throws Exception {
        directory.request("outside", NAMES, false, folder);
        assertThat(Files.getPosixFilePermissions(folder.resolve("outside.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aRenewalKeepsTheKey() throws Exception {
        JcaPKCS10CertificationRequest first = read(directory.request("outside", NAMES, false, folder));
        JcaPKCS10CertificationRequest second = read(directory.request("outside", NAMES, false, folder));
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
    }

    @Test
    void anRsaKeyThatIsThereAlreadyIsUsed() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        KeyPair keys = generator.generateKeyPair();
        TestAuthority.write(folder.resolve("outside.key"), keys.getPrivate());
        assertThat(read(directory.request("outside", NAMES, false, folder)).getPublicKey())
                .isEqualTo(keys.getPublic());
    }

    @Test
    void theAnswerToARequestIsAccepted() throws Exception {
        JcaPKCS10CertificationRequest request = read(directory.request("outside", NAMES, false, folder));
        Path chain = TestAuthority.write(
                folder.resolve("answer.pem"), answer(request).chain().toArray());
        Path accepted = directory.accept("outside", chain, folder);
        assertThat(new OwnCertificate(
                                CertificateFiles.key(folder.resolve("outside.key"), ""),
                                CertificateFiles.certificates(accepted))
                        .fits())
                .isTrue();
    }

    @Test
    void aCertificateForAnotherKeyIsNotAccepted() throws Exception {
        directory.request("outside", NAMES, false, folder);
        Path chain = TestAuthority.write(
                folder.resolve("answer.pem"),
                authority.issue(NAMES.get(0)).chain().toArray());
        assertThatThrownBy(() -> directory.accept("outside", chain, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was not issued for the key");
        assertThat(folder.resolve("outside.crt")).doesNotExist();
    }

    @Test
    void anAnswerWithoutARequestIsNotAccepted() {
        assertThatThrownBy(() -> directory.accept("outside", folder.resolve("answer.pem"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("make a request of that name first");
    }

    @Test
    void anExpiredAnswerIsNotAccepted() throws Exception {
        JcaPKCS10CertificationRequest request = read(directory.request("outside", NAMES, false, folder));
        OwnCertificate expired = authority
                .order(NAMES.get(0))
                .keys(new KeyPair(request.getPublicKey(), null))
                .valid(TestAuthority.NOW.minus(Duration.ofDays(9)), TestAuthority.NOW.minus(Duration.ofDays(1)))
                .issue();
        Path chain = TestAuthority.write(folder.resolve("answer.pem"), expired.leaf());
        assertThatThrownBy(() -> directory.accept("outside", chain, folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not valid now: it ended at");
    }

    @Test
    void theTestAuthorityIssuesServerCertificatesForSeveralNames() throws Exception {
        Path first = directory.test("contoso", NAMES, folder);
        Path second = directory.test("fabrikam", List.of("sip.fabrikam.example"), folder);
        X509Certificate root =
                CertificateFiles.certificates(folder.resolve("test-ca.crt")).get(0);
        for (Path file : List.of(first, second)) {
            X509Certificate issued = CertificateFiles.certificates(file).get(0);
            issued.verify(root.getPublicKey());
            assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("test-ca.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aNameThatLeadsOutOfTheFolderIsRefused() {
        assertThatThrownBy(() -> directory.request("../outside", NAMES, false, folder))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameThatIsNoHostIsRefused() {
        assertThatThrownBy(() -> directory.request("outside", List.of("alice@contoso.example"), false, folder))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
