// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserAuditTest {
    private static final String UPDATE = "jaas:realm-manage; jaas:user-add vera geheim; jaas:update";

    private final Trail trail = new Trail(Clock.systemUTC());

    @TempDir
    private Path etc;

    private UserAudit audit;

    @BeforeEach
    void start() throws IOException {
        users("adam = {CRYPT}aa{CRYPT},admin,ssh");
        audit = new UserAudit(etc, trail);
    }

    @Test
    void aUserAddedChangedAndRemovedIsToldWithOldAndNewRolesAndWhoDidIt() throws Exception {
        typed("adam", UPDATE, "adam = {CRYPT}aa{CRYPT},admin,ssh", "vera = geheim,viewer");
        assertThat(last())
                .returns("adam", AuditEntry::who)
                .returns("shell user added", AuditEntry::action)
                .returns("vera", AuditEntry::subject)
                .returns(
                        List.of(new Change("password", "", "***"), new Change("roles", "", "viewer")),
                        AuditEntry::changes);

        typed("adam", UPDATE, "adam = {CRYPT}aa{CRYPT},admin,ssh", "vera = geheim,viewer,ssh");
        assertThat(last())
                .returns("shell user changed", AuditEntry::action)
                .returns(List.of(new Change("roles", "viewer", "viewer, ssh")), AuditEntry::changes);

        typed("adam", UPDATE, "adam = {CRYPT}aa{CRYPT},admin,ssh");
        assertThat(last())
                .returns("shell user removed", AuditEntry::action)
                .returns(
                        List.of(new Change("password", "***", ""), new Change("roles", "viewer, ssh", "")),
                        AuditEntry::changes);
        assertThat(trail.last(9)).hasSize(3);
    }

    @Test
    void aNewPasswordIsOnRecordAndNeverShown() throws Exception {
        typed("adam", UPDATE, "adam = geheim,admin,ssh");
        assertThat(last().changes()).containsExactly(new Change("password", "***", "***"));
        assertThat(trail.line(last())).doesNotContain("geheim", "CRYPT");
    }

    @Test
    void aKeyThatOpensTheShellIsOnRecord() throws Exception {
        Login.as("adam", () -> {
            audit.beforeExecute(null, UPDATE);
            Files.writeString(etc.resolve("keys.properties"), "eve = AAAAB3Nza,_g_:admingroup\n");
            audit.afterExecute(null, UPDATE, (Object) null);
            return null;
        });
        assertThat(last())
                .returns("eve", AuditEntry::subject)
                .returns(
                        List.of(new Change("key", "", "***"), new Change("roles", "", "_g_:admingroup")),
                        AuditEntry::changes);
    }

    @Test
    void whatNoCommandOfTheShellChangedIsTheFilesDoing() throws Exception {
        users("adam = {CRYPT}aa{CRYPT},admin,ssh", "eve = x,admin");
        typed("adam", UPDATE, "adam = {CRYPT}aa{CRYPT},admin,ssh", "eve = x,admin");
        assertThat(last()).returns("file users.properties", AuditEntry::who).returns("eve", AuditEntry::subject);

        typed("adam", "log:tail", "adam = {CRYPT}aa{CRYPT},admin,ssh");
        assertThat(last())
                .returns("file users.properties", AuditEntry::who)
                .returns("shell user removed", AuditEntry::action);
    }

    @Test
    void aCommandThatFailsAfterItsChangeIsOnRecordToo() throws Exception {
        Login.as("adam", () -> {
            audit.beforeExecute(null, UPDATE);
            users();
            audit.afterExecute(null, UPDATE, new IOException("connection lost"));
            return null;
        });
        assertThat(last().who()).isEqualTo("adam");
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForOneWithoutUsers() throws Exception {
        typed("adam", UPDATE, "adam = \\u12");
        assertThat(trail.last(9)).isEmpty();
    }

    private AuditEntry last() {
        return trail.last(1).get(0);
    }

    private void typed(String who, String command, String... after) throws Exception {
        Login.as(who, () -> {
            audit.beforeExecute(null, command);
            users(after);
            audit.afterExecute(null, command, (Object) null);
            return null;
        });
    }

    private void users(String... lines) throws IOException {
        Files.write(etc.resolve("users.properties"), List.of(lines));
    }
}
