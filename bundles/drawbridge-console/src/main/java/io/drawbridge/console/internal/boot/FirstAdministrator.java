// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an administrator on the first start, since there is no default password: with the password the environment
 * names, or with one of its own that is shown once on the standard output and kept nowhere in clear.
 */
@Component(service = FirstAdministrator.class, immediate = true)
public final class FirstAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    /** Looks into the container's {@code users.properties} and adds the administrator if nobody is there. */
    @Activate
    public FirstAdministrator(BundleContext context) {
        Path file = Path.of(context.getProperty("karaf.etc"), "users.properties");
        try {
            make(new AdministratorFile(file), System.getenv(), new StandardOutput());
        } catch (IOException unwritable) {
            LOG.error(
                    "No administrator could be made: {} cannot be written. Make it writable and restart.",
                    file,
                    unwritable);
        }
    }

    static void make(AdministratorFile file, Map<String, String> environment, Appendable output) throws IOException {
        if (file.hasUsers()) {
            return;
        }
        String user = environment.getOrDefault("DRAWBRIDGE_ADMIN", "admin");
        if (!user.matches("[A-Za-z][A-Za-z0-9._-]{0,63}")) {
            output.append("Administrator not made: DRAWBRIDGE_ADMIN takes letters, digits, dot, dash and underscore\n");
            return;
        }
        String given = environment.get("DRAWBRIDGE_ADMIN_PASSWORD");
        String password = given == null || given.isEmpty() ? random() : given;
        file.add(user, password);
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
