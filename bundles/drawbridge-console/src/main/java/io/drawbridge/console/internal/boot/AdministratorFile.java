// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/** The container's file of users and groups, as far as making the first administrator needs it. */
final class AdministratorFile {
    private static final String GROUP = "_g_:";
    private static final String ROLES = "group,admin,manager,viewer,systembundles,ssh";

    private final Path file;

    AdministratorFile(Path file) {
        this.file = file;
    }

    /** Returns whether anybody can log in. */
    boolean hasUsers() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Properties users = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            users.load(reader);
        }
        return users.stringPropertyNames().stream().anyMatch(name -> !name.startsWith(GROUP));
    }

    /** Adds a user with every role; the password is kept as the digest the login module compares with. */
    void add(String user, String password) throws IOException {
        String existing = Files.exists(file) ? Files.readString(file) : "";
        String added = existing + user + " = {CRYPT}" + digest(password) + "{CRYPT},_g_:admingroup\n"
                + "_g_\\:admingroup = " + ROLES + "\n";
        Path written = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "users",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(written, added);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String digest(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
