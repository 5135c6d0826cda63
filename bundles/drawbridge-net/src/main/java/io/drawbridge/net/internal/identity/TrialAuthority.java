// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.net.internal.tls.CertificateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority in a folder, for tests and demonstrations; nobody outside should ever trust it. */
final class TrialAuthority {
    private static final String FILE = "test-ca";
    private static final X500Name NAME = new X500Name("CN=Drawbridge test authority");
    private static final Duration AUTHORITY_LASTS = Duration.ofDays(3_650);
    private static final Duration CERTIFICATE_LASTS = Duration.ofDays(365);
    /** Machines whose clocks differ a little still agree that a new certificate is valid. */
    private static final Duration ALREADY_VALID = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    TrialAuthority(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes or replaces the certificate of that name, and the authority if there is none. */
    Path certificate(String name, List<String> dnsNames, Path directory) throws IOException {
        HostNames names = new HostNames(dnsNames);
        KeyFolder folder = new KeyFolder(directory);
        Path certificate = folder.file(name, ".crt");
        Path authority = folder.file(FILE, ".crt");
        Path authorityKey = folder.file(FILE, ".key");
        if (certificate.equals(authority)) {
            throw new IllegalArgumentException("'" + FILE + "' is the name of the authority itself");
        }
        if (!Files.exists(authority)) {
            KeyPair keys = KeyFolder.newKey();
            folder.writeKey(authorityKey, keys.getPrivate());
            folder.write(authority, selfSigned(keys));
        }
        Path key = folder.file(name, ".key");
        KeyPair keys = KeyFolder.newKey();
        Files.deleteIfExists(key);
        folder.writeKey(key, keys.getPrivate());
        X509Certificate issuer = CertificateFiles.certificates(authority).get(0);
        folder.write(certificate, issued(names, keys, issuer, folder.readKey(authorityKey)));
        return certificate;
    }

    private X509CertificateHolder selfSigned(KeyPair keys) throws IOException {
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(NAME, serial(), begin(), end(AUTHORITY_LASTS), NAME, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(keys.getPublic()));
        return signed(builder, keys.getPrivate());
    }

    private X509CertificateHolder issued(HostNames names, KeyPair keys, X509Certificate issuer, PrivateKey issuerKey)
            throws IOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                NAME, serial(), begin(), end(CERTIFICATE_LASTS), names.subject(), keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, names.alternativeNames());
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions().createAuthorityKeyIdentifier(issuer.getPublicKey()));
        return signed(builder, issuerKey);
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder, PrivateKey key) throws IOException {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException unfit) {
            throw new IOException("the authority's key cannot sign; it is not an EC key", unfit);
        }
    }

    private static JcaX509ExtensionUtils extensions() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(0);
    }

    private Date begin() {
        return Date.from(clock.instant().minus(ALREADY_VALID));
    }

    private Date end(Duration lasts) {
        Instant end = clock.instant().plus(lasts);
        return Date.from(end);
    }
}
