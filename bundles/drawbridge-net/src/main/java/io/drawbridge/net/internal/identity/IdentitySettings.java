// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.net.internal.tls.CertificateFiles;
import io.drawbridge.net.internal.tls.OwnCertificate;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of an identity, and how its files are read by them. Immutable. */
final class IdentitySettings {
    private final String pid;
    private final IdentityConfig config;
    private final List<InvalidSetting> unknownKeys;

    private IdentitySettings(String pid, Settings<IdentityConfig> settings) {
        this.pid = pid;
        config = settings.value();
        unknownKeys = settings.unknownKeys();
    }

    static IdentitySettings read(String pid, Map<String, ?> properties) throws InvalidSetting {
        IdentitySettings settings = new IdentitySettings(pid, Settings.read(IdentityConfig.class, pid, properties));
        settings.requireOneSource();
        settings.files();
        return settings;
    }

    private void requireOneSource() throws InvalidSetting {
        boolean pem = !config.certificate().isEmpty() || !config.key().isEmpty();
        if (pem && !config.keystore().isEmpty()) {
            throw invalid("keystore", config.keystore(), "excludes certificate and key; remove the one or the other");
        }
        if (!pem && config.keystore().isEmpty()) {
            throw invalid("certificate", "", "is required, with key, unless there is a keystore");
        }
        if (pem && config.certificate().isEmpty()) {
            throw invalid("certificate", "", "is required where there is a key");
        }
        if (pem && config.key().isEmpty()) {
            throw invalid("key", "", "is required where there is a certificate");
        }
    }

    List<InvalidSetting> unknownKeys() {
        return unknownKeys;
    }

    RevocationPolicy revocation() {
        return config.revocation();
    }

    boolean ocsp() {
        return config.ocsp();
    }

    boolean crlDistributionPoints() {
        return config.crlDistributionPoints();
    }

    /** Returns every file that is read. */
    List<Path> files() throws InvalidSetting {
        List<Path> files = new ArrayList<>();
        if (config.keystore().isEmpty()) {
            files.add(path("certificate", config.certificate()));
            files.add(path("key", config.key()));
        } else {
            files.add(path("keystore", config.keystore()));
        }
        for (String anchors : config.trustAnchors()) {
            files.add(path("trustAnchors", anchors));
        }
        for (String lists : config.crls()) {
            files.add(path("crls", lists));
        }
        return files;
    }

    /** Reads certificate and key, and requires that they are sound, belong together and are valid at {@code now}. */
    OwnCertificate own(Instant now) throws InvalidSetting {
        OwnCertificate own = readOwn();
        if (!own.fits()) {
            throw invalid(
                    ownKey(),
                    ownPath(),
                    "does not belong to the private key; put the certificate that was issued for it");
        }
        if (!own.ordered()) {
            throw invalid(
                    ownKey(),
                    ownPath(),
                    "holds its chain out of order; put the own certificate first, then each" + " one's issuer");
        }
        for (X509Certificate certificate : own.chain()) {
            requireValid(certificate, now);
        }
        return own;
    }

    private OwnCertificate readOwn() throws InvalidSetting {
        if (!config.keystore().isEmpty()) {
            return read(
                    "keystore", config.keystore(), file -> CertificateFiles.pkcs12(file, config._keystorePassword()));
        }
        List<X509Certificate> chain = read("certificate", config.certificate(), CertificateFiles::certificates);
        PrivateKey key = read("key", config.key(), file -> CertificateFiles.key(file, config._keyPassword()));
        return new OwnCertificate(key, chain);
    }

    void requireValid(X509Certificate certificate, Instant now) throws InvalidSetting {
        Optional<String> objection = Validity.objection(certificate, now);
        if (objection.isPresent()) {
            throw invalid(ownKey(), ownPath(), objection.get());
        }
    }

    Set<X509Certificate> trustAnchors() throws InvalidSetting {
        Set<X509Certificate> anchors = new HashSet<>();
        for (String path : config.trustAnchors()) {
            anchors.addAll(read("trustAnchors", path, CertificateFiles::certificates));
        }
        return anchors;
    }

    List<X509CRL> revocationLists() throws InvalidSetting {
        List<X509CRL> lists = new ArrayList<>();
        for (String path : config.crls()) {
            lists.addAll(read("crls", path, CertificateFiles::revocationLists));
        }
        return lists;
    }

    /** Returns the key of the setting that leads to the own certificate. */
    String ownKey() {
        return config.keystore().isEmpty() ? "certificate" : "keystore";
    }

    String ownPath() {
        return Stream.of(config.certificate(), config.keystore())
                .filter(path -> !path.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** One way of reading a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(Path file) throws IOException;
    }

    private <T> T read(String key, String path, Reading<T> reading) throws InvalidSetting {
        try {
            return reading.from(path(key, path));
        } catch (IOException unreadable) {
            throw invalid(key, path, unreadable.getMessage());
        }
    }

    private Path path(String key, String text) throws InvalidSetting {
        try {
            return Path.of(text);
        } catch (InvalidPathException broken) {
            throw invalid(key, text, "is not a path");
        }
    }

    private InvalidSetting invalid(String key, String value, String rule) {
        return new InvalidSetting(pid, key, value, rule);
    }
}
