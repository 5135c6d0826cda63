// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.net.internal.tls.CertificateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** A folder with keys and certificates of this appliance's own making. Keys are readable by their owner only. */
final class KeyFolder {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final String CURVE = "secp256r1";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    KeyFolder(Path directory) {
        this.directory = directory;
    }

    /** Returns the path of a file in this folder; refuses names that lead elsewhere. */
    Path file(String name, String ending) {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name of a certificate consists of letters, digits, dots, hyphens and underscores");
        }
        return directory.resolve(name + ending);
    }

    /** Makes an ECDSA P-256 key. */
    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }

    PrivateKey readKey(Path file) throws IOException {
        try {
            return CertificateFiles.key(file, "");
        } catch (IOException unreadable) {
            throw new IOException(file + " " + unreadable.getMessage(), unreadable);
        }
    }

    /** Writes a new key, never over another one. */
    void writeKey(Path file, PrivateKey key) throws IOException {
        Files.createDirectories(directory);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException there) {
            throw new IOException(file + " exists already and is not overwritten", there);
        }
        Files.writeString(file, pem(new JcaPKCS8Generator(key, null)));
    }

    /** Writes or replaces a file in one step, so that whoever watches it never sees half. */
    void write(Path file, Object... pemObjects) throws IOException {
        Files.createDirectories(directory);
        Path whole = Files.createTempFile(directory, ".", ".new");
        try {
            Files.writeString(whole, pem(pemObjects));
            Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException odd) {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }
}
