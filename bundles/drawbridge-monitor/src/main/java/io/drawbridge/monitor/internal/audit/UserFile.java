// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry.Change;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of users of the shell as the container reads it, {@code name = secret,role,role}, and what it held last. */
final class UserFile {
    private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);
    private static final String HIDDEN = "***";
    private static final User NOBODY = new User("", "");

    private final Path path;
    private final String secretName;
    private final Trail trail;
    private Map<String, User> known;

    /**
     * Takes the file as it is; without one there are no users.
     *
     * @param secretName what the first part of each line is
     */
    UserFile(Path path, String secretName, Trail trail) {
        this.path = path;
        this.secretName = secretName;
        this.trail = trail;
        try {
            known = read();
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("cannot audit {}: {}", path, unreadable.toString());
            known = Map.of();
        }
    }

    /** Returns who is named where nobody known changed the file. */
    String editor() {
        return "file " + path.getFileName();
    }

    /** Records what changed since the last time. */
    synchronized void compare(String who) {
        Map<String, User> now;
        try {
            now = read();
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warn("cannot audit {}: {}", path, unreadable.toString());
            return;
        }
        TreeSet<String> names = new TreeSet<>(known.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            User before = known.getOrDefault(name, NOBODY);
            User after = now.getOrDefault(name, NOBODY);
            if (!known.containsKey(name)) {
                trail.record(who, "shell user added", name, changes(before, after));
            } else if (!now.containsKey(name)) {
                trail.record(who, "shell user removed", name, changes(before, after));
            } else if (!before.equals(after)) {
                trail.record(who, "shell user changed", name, changes(before, after));
            }
        }
        known = now;
    }

    private List<Change> changes(User before, User after) {
        List<Change> changes = new ArrayList<>();
        if (!before.secret().equals(after.secret())) {
            changes.add(new Change(secretName, hidden(before.secret()), hidden(after.secret())));
        }
        if (!before.roles().equals(after.roles())) {
            changes.add(new Change("roles", before.roles(), after.roles()));
        }
        return changes;
    }

    private static String hidden(String secret) {
        return secret.isEmpty() ? "" : HIDDEN;
    }

    private Map<String, User> read() throws IOException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            lines.load(reader);
        } catch (NoSuchFileException none) {
            return Map.of();
        }
        Map<String, User> users = new TreeMap<>();
        lines.stringPropertyNames().forEach(name -> users.put(name, User.of(lines.getProperty(name))));
        return users;
    }

    /** What a line says of a user; the secret is compared and never shown. */
    private record User(String secret, String roles) {
        static User of(String line) {
            List<String> parts = Arrays.asList(line.split(",", -1));
            String roles = parts.stream().skip(1).map(String::strip).collect(Collectors.joining(", "));
            return new User(parts.get(0).strip(), roles);
        }

        @Override
        public String toString() {
            return roles;
        }
    }
}
