// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made at run time; its certificates, keys and revocations lie as files in one directory. */
public final class TestAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;
    private final List<X509Certificate> revoked = new ArrayList<>();
    private final AtomicInteger issued = new AtomicInteger();

    /**
     * Makes an authority. Two with the same name are still strangers to each other.
     *
     * @param name its CN
     * @param directory where its files go, created if need be
     */
    public TestAuthority(String name, Path directory) {
        this.directory = directory;
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=" + name);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                serial(),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(365))),
                subject,
                keys.getPublic());
        extend(builder, Extension.basicConstraints, true, new BasicConstraints(true));
        extend(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        certificate = sign(builder);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(anchorFile(), pem("CERTIFICATE", der(certificate)));
        writeRevocations();
    }

    /** Returns the file with the authority's own certificate in PEM: the anchor of those who trust it. */
    public Path anchorFile() {
        return directory.resolve("anchor.pem");
    }

    /** Returns the file with the current revocation list in PEM. */
    public Path revocationFile() {
        return directory.resolve("revoked.pem");
    }

    /** Returns the authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Issues a certificate with a new key. */
    public Credential issue(Leaf leaf) {
        KeyPair leafKeys = newKeys();
        X509Certificate issuedCertificate = sign(describe(leaf, leafKeys.getPublic()));
        String name = leaf.commonName() + "-" + issued.incrementAndGet();
        Credential credential = new Credential(
                issuedCertificate,
                leafKeys.getPrivate(),
                directory.resolve(name + ".pem"),
                directory.resolve(name + ".key"),
                directory.resolve(name + ".p12"));
        write(
                credential.certificateFile(),
                pem("CERTIFICATE", der(issuedCertificate)) + pem("CERTIFICATE", der(certificate)));
        write(credential.keyFile(), pem("PRIVATE KEY", credential.key().getEncoded()));
        writeKeyStore(credential);
        return credential;
    }

    /** Revokes a certificate; {@link #revocationFile()} names it from now on. */
    public synchronized void revoke(Credential credential) {
        revoked.add(credential.certificate());
        writeRevocations();
    }

    private X509v3CertificateBuilder describe(Leaf leaf, PublicKey key) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(),
                Date.from(leaf.notBefore()),
                Date.from(leaf.notAfter()),
                new javax.security.auth.x500.X500Principal("CN=" + leaf.commonName()),
                key);
        GeneralName[] names = Stream.concat(
                        leaf.dnsNames().stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        leaf.uris().stream().map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri)))
                .toArray(GeneralName[]::new);
        if (names.length > 0) {
            extend(builder, Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        if (!leaf.purposes().isEmpty()) {
            KeyPurposeId[] purposes =
                    leaf.purposes().stream().map(TestAuthority::purpose).toArray(KeyPurposeId[]::new);
            extend(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        return builder;
    }

    private static KeyPurposeId purpose(Leaf.Purpose purpose) {
        return switch (purpose) {
            case SERVER -> KeyPurposeId.id_kp_serverAuth;
            case CLIENT -> KeyPurposeId.id_kp_clientAuth;
            case EMAIL -> KeyPurposeId.id_kp_emailProtection;
        };
    }

    private synchronized void writeRevocations() {
        try {
            Instant now = Instant.now();
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(certificate, Date.from(now.minus(Duration.ofHours(1))));
            builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
            for (X509Certificate each : revoked) {
                builder.addCRLEntry(each.getSerialNumber(), Date.from(now), CRLReason.keyCompromise);
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            write(revocationFile(), pem("X509 CRL", builder.build(signer()).getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKeyStore(Credential credential) {
        try (OutputStream out = Files.newOutputStream(credential.pkcs12File())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", credential.key(), Credential.PASSWORD.toCharArray(), new Certificate[] {
                credential.certificate(), certificate
            });
            store.store(out, Credential.PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void extend(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier extension, boolean critical, ASN1Object value) {
        try {
            builder.addExtension(extension, critical, value);
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            // The platform's own leaves the public half out of the key's file, which GnuTLS then refuses.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(120, RANDOM);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
