// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import io.drawbridge.api.directory.Identities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of the appliance's own test authority, for the appliance and for those it talks to. */
final class TrialCertificates {
    private static final char[] NO_SECRET = {};

    private final Identities identities;
    private final Path folder;

    TrialCertificates(Identities identities, Path folder) {
        this.identities = identities;
        this.folder = folder;
    }

    /** Makes or replaces the certificate of a host. */
    void make(String host) throws IOException {
        identities.test(host, List.of(host), folder);
    }

    /** Returns the certificate of a host as it is now. */
    X509Certificate of(String host) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(folder.resolve(host + ".crt"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    /** Returns how an identity of the appliance is configured to be a host. */
    Map<String, Object> identity(String host) {
        return Map.of(
                "certificate", folder.resolve(host + ".crt").toString(),
                "key", folder.resolve(host + ".key").toString(),
                "trustAnchors", folder.resolve("test-ca.crt").toString());
    }

    /** Returns TLS as a host that trusts nobody but the test authority. */
    SSLContext tls(String host) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(host, key(host), NO_SECRET, new Certificate[] {of(host)});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_SECRET);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("test-ca", of("test-ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    private PrivateKey key(String host) throws IOException, GeneralSecurityException {
        String pem = Files.readString(folder.resolve(host + ".key")).replaceAll("-----[A-Z ]+-----", "");
        byte[] der = Base64.getMimeDecoder().decode(pem);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
