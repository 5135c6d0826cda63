// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.BackingEngine;
import org.apache.karaf.jaas.modules.BackingEngineFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an administrator on the first start, since there is no default password: with the password the environment
 * names, or with one of its own that is shown once on the standard output and kept nowhere in clear. The container's own
 * engine writes the file of users, so that passwords are hashed as {@code org.apache.karaf.jaas} says. The shell by SSH has
 * a later start level than this bundle, so whoever reaches it finds an administrator.
 */
@Component(service = FirstAdministrator.class, immediate = true, configurationPid = FirstAdministrator.REALM_PID)
public final class FirstAdministrator {
    static final String REALM_PID = "org.apache.karaf.jaas";
    private static final String HASHING = "encryption.";
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;
    private static final List<String> ROLES = List.of("admin", "manager", "viewer", "systembundles", "ssh");
    private static final String MODULE_OPTION = "org.apache.karaf.jaas.module";
    private static final String MODULE = "org.apache.karaf.jaas.modules.properties.PropertiesLoginModule";

    /** Looks into the realm's file of users and adds the administrator if nobody is there. */
    @Activate
    public FirstAdministrator(
            @Reference JaasRealm realm,
            @Reference List<BackingEngineFactory> factories,
            Map<String, Object> configuration) {
        Map<String, ?> options = Arrays.stream(realm.getEntries())
                .map(AppConfigurationEntry::getOptions)
                .filter(module -> MODULE.equals(module.get(MODULE_OPTION)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the realm has no file of users"));
        BackingEngineFactory files = factories.stream()
                .filter(factory -> MODULE.equals(factory.getModuleClass()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody writes files of users"));
        Path file = Path.of(options.get("users").toString());
        try {
            make(files.build(hashing(options, configuration)), System.getenv(), new StandardOutput());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException unwritable) {
            LOG.error(
                    "No administrator could be made: {} cannot be written. Make it writable and restart.",
                    file,
                    unwritable);
        }
    }

    /**
     * Returns the options with the hashing that is configured. The realm itself learns it a moment late: until then it would
     * keep a password as it is, and then write the whole entry again with its hash, as it was before it had roles.
     */
    static Map<String, Object> hashing(Map<String, ?> options, Map<String, Object> configuration) {
        Map<String, Object> hashing = new HashMap<>(options);
        configuration.forEach((key, value) -> {
            if (key.startsWith(HASHING)) {
                hashing.put(key, value.toString());
            }
        });
        return hashing;
    }

    static void make(BackingEngine users, Map<String, String> environment, Appendable output) throws IOException {
        if (!users.listUsers().isEmpty()) {
            return;
        }
        String user = environment.getOrDefault("DRAWBRIDGE_ADMIN", "admin");
        if (!user.matches("[A-Za-z][A-Za-z0-9._-]{0,63}")) {
            output.append("Administrator not made: DRAWBRIDGE_ADMIN takes letters, digits, dot, dash and underscore\n");
            return;
        }
        String given = environment.get("DRAWBRIDGE_ADMIN_PASSWORD");
        String password = given == null || given.isEmpty() ? random() : given;
        users.addUser(user, password);
        ROLES.forEach(role -> users.addRole(user, role));
        LOG.info("Made the administrator {}", user);
        if (!password.equals(given)) {
            output.append("Administrator ")
                    .append(user)
                    .append(", password ")
                    .append(password)
                    .append(" (shown once)\n");
        }
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }
}
