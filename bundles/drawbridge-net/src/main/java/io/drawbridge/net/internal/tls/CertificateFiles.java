// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads certificates, keys and revocation lists as they lie in files. The message of every exception is the end of the
 * sentence "The file …", with the remedy.
 */
public final class CertificateFiles {
    private static final long LARGEST_FILE_BYTES = 16L * 1024 * 1024;

    private CertificateFiles() {}

    /** Returns the certificates of a PEM file in their order; whatever else it holds is passed over. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object entry : pem(file)) {
            if (entry instanceof X509CertificateHolder holder) {
                certificates.add(certificate(holder.getEncoded()));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /**
     * Returns the first private key of a PEM file: PKCS#8, PKCS#1 or EC, encrypted or not.
     *
     * @param password for an encrypted key; empty if none is configured
     */
    public static PrivateKey key(Path file, String password) throws IOException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        for (Object entry : pem(file)) {
            if (entry instanceof PrivateKeyInfo key) {
                return converter.getPrivateKey(key);
            }
            if (entry instanceof PEMKeyPair pair) {
                return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
            if (entry instanceof PKCS8EncryptedPrivateKeyInfo || entry instanceof PEMEncryptedKeyPair) {
                return converter.getPrivateKey(decrypted(entry, password));
            }
        }
        throw new IOException("holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKeyInfo decrypted(Object entry, String password) throws IOException {
        if (password.isEmpty()) {
            throw new IOException("is encrypted; set .keyPassword");
        }
        BouncyCastleProvider ciphers = new BouncyCastleProvider();
        try {
            if (entry instanceof PEMEncryptedKeyPair traditional) {
                return traditional
                        .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(ciphers)
                                .build(password.toCharArray()))
                        .getPrivateKeyInfo();
            }
            return ((PKCS8EncryptedPrivateKeyInfo) entry)
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(ciphers)
                            .build(password.toCharArray()));
        } catch (OperatorCreationException | PKCSException | IOException wrongPassword) {
            throw new IOException("cannot be decrypted with .keyPassword", wrongPassword);
        }
    }

    /** Returns the only key of a PKCS#12 file and its chain. */
    public static OwnCertificate pkcs12(Path file, String password) throws IOException {
        char[] secret = password.toCharArray();
        try {
            KeyStore store = keyStore(bytes(file), secret);
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new IOException("holds " + keys.size() + " private keys instead of one");
            }
            Key key = store.getKey(keys.get(0), secret);
            Certificate[] chain = store.getCertificateChain(keys.get(0));
            return new OwnCertificate(
                    (PrivateKey) key,
                    Stream.of(chain).map(X509Certificate.class::cast).toList());
        } catch (GeneralSecurityException broken) {
            throw new IOException("is a PKCS#12 file whose key cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static KeyStore keyStore(byte[] content, char[] secret) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), secret);
            return store;
        } catch (IOException unreadable) {
            throw unreadable.getCause() instanceof GeneralSecurityException
                    ? new IOException("cannot be opened with .keystorePassword", unreadable)
                    : new IOException("is no PKCS#12 file", unreadable);
        }
    }

    /** Returns the revocation lists of a file, PEM or DER. */
    public static List<X509CRL> revocationLists(Path file) throws IOException {
        try {
            return revocationLists(bytes(file));
        } catch (CRLException broken) {
            throw new IOException("holds no certificate revocation list", broken);
        }
    }

    static List<X509CRL> revocationLists(byte[] encoded) throws CRLException {
        Collection<? extends CRL> lists = x509().generateCRLs(new ByteArrayInputStream(encoded));
        if (lists.isEmpty()) {
            throw new CRLException("no revocation list found");
        }
        return lists.stream().map(X509CRL.class::cast).toList();
    }

    /** Returns the same certificates as the platform's own objects, which its path builder demands. */
    static List<X509Certificate> copies(List<X509Certificate> certificates) throws CertificateException {
        List<X509Certificate> copies = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            copies.add((X509Certificate)
                    x509().generateCertificate(new ByteArrayInputStream(CertificateNames.encoded(certificate))));
        }
        return copies;
    }

    private static X509Certificate certificate(byte[] encoded) throws IOException {
        try {
            return (X509Certificate) x509().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException broken) {
            throw new IOException("holds a broken certificate: " + broken.getMessage(), broken);
        }
    }

    private static CertificateFactory x509() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException impossible) {
            throw new IllegalStateException("every Java platform has X.509", impossible);
        }
    }

    private static List<Object> pem(Path file) throws IOException {
        List<Object> entries = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(new String(bytes(file), StandardCharsets.ISO_8859_1)))) {
            for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
                entries.add(entry);
            }
        } catch (IllegalArgumentException broken) {
            throw new IOException("is not valid PEM", broken);
        }
        return entries;
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw new IOException("is larger than " + LARGEST_FILE_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("does not exist; check the path", missing);
        } catch (AccessDeniedException denied) {
            throw new IOException(
                    "may not be read by user " + System.getProperty("user.name") + "; change its owner or mode",
                    denied);
        }
    }
}
