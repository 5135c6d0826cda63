// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import io.drawbridge.api.audit.AuditTrail;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.DomainName;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.apache.karaf.shell.support.ShellUtil;
import org.junit.Before;
import org.junit.Test;

/** A viewer sees and changes nothing; an administrator changes, and it is on record. */
public class RolesCase extends ApplianceCase {
    private static final Subject VIEWER = Shell.subject("vera", "viewer");
    private static final Subject NOBODY = Shell.subject("nora", "ssh");
    private static final DomainName DOMAIN = DomainName.of("x.example");
    private static final String PID = "io.drawbridge.federation.allowed~x.example";

    @Inject
    private SessionFactory sessions;

    @Inject
    private PolicyDirectory policies;

    @Inject
    private AuditTrail audit;

    @Before
    public void hasItsCommands() throws Exception {
        new Shell(sessions).awaitCommands();
    }

    @Test
    public void aViewerSees() throws Exception {
        assertTrue(run(VIEWER, "drawbridge:status").contains("listeners"));
        assertTrue(run(VIEWER, "drawbridge:status --json").startsWith("{"));
        run(VIEWER, "drawbridge:domains");
        run(VIEWER, "drawbridge:domains list");
        run(VIEWER, "drawbridge:domains list --filter example");
        run(VIEWER, "drawbridge:domains --json");
        run(VIEWER, "drawbridge:domains --json list");
        run(VIEWER, "drawbridge:domains --help");
        run(VIEWER, "drawbridge:peers");
        run(VIEWER, "drawbridge:policies list");
        run(VIEWER, "drawbridge:certificates expiry");
        run(VIEWER, "drawbridge:trace");
        run(VIEWER, "drawbridge:audit");
    }

    @Test
    public void aViewerChangesNothingOfTheEdge() {
        refused(VIEWER, "drawbridge:domains allow x.example");
        refused(VIEWER, "drawbridge:domains 'allow' x.example list");
        refused(VIEWER, "drawbridge:domains --json allow x.example");
        // One word that looks like two in the list of arguments is no option.
        assertThrows(Exception.class, () -> run(VIEWER, "drawbridge:domains '--json, list' allow x.example"));
        refused(VIEWER, "drawbridge:domains '' allow x.example list");
        refused(VIEWER, "drawbridge:domains remove x.example");
        refused(VIEWER, "drawbridge:certificates test list /tmp");
        refused(VIEWER, "drawbridge:users add list@contoso.example");
        refused(VIEWER, "drawbridge:watch-list allow list");
        assertTrue(
                policies.domains().stream().noneMatch(status -> status.domain().equals(DOMAIN)));
    }

    @Test
    public void aViewerChangesNothingOfTheContainer() {
        refused(VIEWER, "config:list");
        refused(VIEWER, "config:property-set -p io.drawbridge.edge allowFederatedUsers true");
        refused(VIEWER, "feature:uninstall drawbridge-sip");
        refused(VIEWER, "bundle:stop drawbridge-net");
        refused(VIEWER, "jaas:realm-list");
        refused(VIEWER, "shell:exec id");
        refused(VIEWER, "system:shutdown -f");
    }

    @Test
    public void aRefusedCommandLeavesALineInTheLogAndNoTraceOfCalls() throws Exception {
        Exception refusal = assertThrows(Exception.class, () -> run(VIEWER, "drawbridge:domains remove x.example"));
        Session session = sessions.create(InputStream.nullInputStream(), System.out, System.out);
        ShellUtil.logException(session, refusal);
        ShellUtil.logException(session, new IllegalStateException("a fault"));
        session.close();
        Path log = Path.of(System.getProperty("karaf.log"), "karaf.log");
        Eventually.await("the log of a fault with its calls", () -> Files.readString(log)
                .contains("IllegalStateException: a fault\n\tat "));
        String told = Files.readString(log);
        assertTrue(told, told.contains("java.lang.SecurityException: Insufficient credentials.\n"));
        assertFalse(told, told.contains("java.lang.SecurityException: Insufficient credentials.\n\tat "));
        assertEquals(told, told.indexOf("a fault\n"), told.lastIndexOf("a fault\n"));
    }

    @Test
    public void whoIsNeitherSeesNothing() {
        refused(NOBODY, "drawbridge:status");
        refused(NOBODY, "drawbridge:domains list");
        refused(NOBODY, "drawbridge:audit");
    }

    @Test
    public void whatAnAdministratorChangesIsOnRecordWithOldAndNew() throws Exception {
        try {
            run(Shell.ADMINISTRATOR, "drawbridge:domains allow x.example --comment first");
            assertTrue(policies.domains().stream()
                    .anyMatch(status -> status.domain().equals(DOMAIN)));
            AuditEntry created = newest();
            assertEquals("adam", created.who());
            assertEquals("configuration created", created.action());
            assertTrue(created.toString(), created.changes().contains(new Change("comment", "", "first")));
            run(Shell.ADMINISTRATOR, "drawbridge:domains allow x.example --comment second");
            AuditEntry changed = newest();
            assertEquals("adam", changed.who());
            assertEquals("configuration changed", changed.action());
            assertEquals(List.of(new Change("comment", "first", "second")), changed.changes());
        } finally {
            run(Shell.ADMINISTRATOR, "drawbridge:domains remove x.example");
        }
        assertEquals("adam", newest().who());
        assertEquals("configuration deleted", newest().action());
        assertTrue(run(VIEWER, "drawbridge:audit").contains("adam"));
    }

    @Test
    public void whoChangesUsersOfTheShellIsOnRecordWithoutAPassword() throws Exception {
        try {
            users("jaas:user-add olga geheim; jaas:role-add olga viewer");
            AuditEntry added = newest("olga");
            assertEquals("adam", added.who());
            assertEquals("shell user added", added.action());
            assertEquals(
                    List.of(new Change("password", "", "***"), new Change("roles", "", "viewer")), added.changes());
            users("jaas:role-add olga ssh");
            AuditEntry changed = newest("olga");
            assertEquals("shell user changed", changed.action());
            assertTrue(changed.toString(), changed.changes().get(0).after().contains("ssh"));
        } finally {
            users("jaas:user-delete olga");
        }
        assertEquals("adam", newest("olga").who());
        assertEquals("shell user removed", newest("olga").action());
    }

    @Test
    public void whoStopsABundleOrUninstallsAFeatureIsOnRecord() throws Exception {
        run(Shell.ADMINISTRATOR, "bundle:stop drawbridge-home");
        assertEquals("adam", newest("drawbridge-home").who());
        assertEquals("bundle stopped", newest("drawbridge-home").action());
        run(Shell.ADMINISTRATOR, "bundle:start drawbridge-home");
        assertEquals("bundle started", newest("drawbridge-home").action());
        try {
            run(Shell.ADMINISTRATOR, "feature:uninstall drawbridge-home");
            assertEquals(
                    "adam", newest("drawbridge-home", "feature uninstalled").who());
            assertEquals("adam", newest("drawbridge-home", "bundle uninstalled").who());
        } finally {
            run(Shell.ADMINISTRATOR, "feature:install drawbridge-home");
        }
        assertEquals("adam", newest("drawbridge-home", "feature installed").who());
    }

    private void users(String commands) throws Exception {
        run(Shell.ADMINISTRATOR, "jaas:realm-manage --index 1; " + commands + "; jaas:update");
    }

    private AuditEntry newest() {
        return newest(PID);
    }

    private AuditEntry newest(String subject) {
        return newest(subject, "");
    }

    private AuditEntry newest(String subject, String action) {
        return audit.last(Integer.MAX_VALUE).stream()
                .filter(entry ->
                        entry.subject().equals(subject) && entry.action().startsWith(action))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + action + " of " + subject + " is on record"));
    }

    private void refused(Subject who, String command) {
        String[] name = command.split("[: ]", -1);
        assertNotNull("there is a command " + command, sessions.getRegistry().getCommand(name[0], name[1]));
        Exception refusal = assertThrows(command, Exception.class, () -> run(who, command));
        String kind = refusal.getClass().getSimpleName();
        assertTrue(
                command + ": " + refusal,
                kind.equals("CommandNotFoundException") || refusal instanceof SecurityException);
    }

    private String run(Subject who, String command) throws Exception {
        return new Shell(sessions).run(who, command);
    }
}
