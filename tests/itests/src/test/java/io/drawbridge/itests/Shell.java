// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/**
 * The appliance's shell, with the rights of whoever uses it.
 *
 * @param sessions makes a session for each command
 */
record Shell(SessionFactory sessions) {
    /** Somebody who may do everything. */
    static final Subject ADMINISTRATOR = subject("adam", "admin");

    static Subject subject(String name, String role) {
        return new Subject(true, Set.of(new UserPrincipal(name), new RolePrincipal(role)), Set.of(), Set.of());
    }

    /** Returns as soon as the appliance's own commands are there. */
    void awaitCommands() throws Exception {
        Eventually.await(
                "the command drawbridge:status",
                () -> sessions.getRegistry().getCommand("drawbridge", "status") != null);
    }

    /** Runs a command, and returns what it prints. */
    String run(Subject who, String command) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PrintStream output = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
            Subject.doAs(who, (PrivilegedExceptionAction<Object>) () -> {
                Session session = sessions.create(InputStream.nullInputStream(), output, output);
                try {
                    return session.execute(command);
                } finally {
                    session.close();
                }
            });
        } catch (PrivilegedActionException failed) {
            throw failed.getException();
        }
        return shown.toString(StandardCharsets.UTF_8);
    }
}
