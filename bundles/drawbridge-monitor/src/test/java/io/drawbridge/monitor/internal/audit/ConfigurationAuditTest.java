// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

final class ConfigurationAuditTest {
    private static final String PID = "io.drawbridge.edge";

    private final Map<String, Map<String, Object>> stored = new HashMap<>();
    private final List<String> emptied = new ArrayList<>();
    private final Trail trail =
            new Trail(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneId.of("Europe/Berlin")));
    private ConfigurationAudit audit;

    @BeforeEach
    void start() throws Exception {
        stored.put(PID, Map.of("nextHop", "a.example", "service.pid", PID));
        audit = new ConfigurationAudit(admin(), trail);
    }

    @Test
    void aChangeShowsOldAndNewValueOfEachKeyThatChanged() {
        update(PID, Map.of("nextHop", "b.example", "sipDomains", new String[] {"x.example", "y.example"}));
        assertThat(last().action()).isEqualTo("configuration changed");
        assertThat(last().subject()).isEqualTo(PID);
        assertThat(last().changes())
                .containsExactly(
                        new Change("nextHop", "a.example", "b.example"),
                        new Change("sipDomains", "", "x.example, y.example"));
    }

    @Test
    void aNewConfigurationAndADeletedOneShowAllValues() {
        String pid = "io.drawbridge.federation.allowed~fabrikam.example";
        update(pid, Map.of("domain", "fabrikam.example"));
        assertThat(last().action()).isEqualTo("configuration created");
        assertThat(last().changes()).containsExactly(new Change("domain", "", "fabrikam.example"));

        stored.remove(pid);
        event(pid, ConfigurationEvent.CM_DELETED);
        assertThat(last().action()).isEqualTo("configuration deleted");
        assertThat(last().changes()).containsExactly(new Change("domain", "fabrikam.example", ""));

        event(pid, ConfigurationEvent.CM_DELETED);
        assertThat(trail.last(9)).hasSize(2);
    }

    @Test
    void aConfigurationDeletedByTheTimeItIsReadIsNotMadeAgain() {
        String pid = "io.drawbridge.federation.allowed~fabrikam.example";
        event(pid, ConfigurationEvent.CM_UPDATED);
        assertThat(emptied).containsExactly(pid);
        assertThat(trail.last(9)).isEmpty();
    }

    @Test
    void aSecretIsNeverShownButItsChangeIs() {
        update(PID, Map.of("nextHop", "a.example", "keyPassword", "first", ".pin", "1234", "pem", privateKey("x")));
        assertThat(last().changes())
                .containsExactly(
                        new Change(".pin", "", "***"),
                        new Change("keyPassword", "", "***"),
                        new Change("pem", "", "***"));
        update(PID, Map.of("nextHop", "a.example", "keyPassword", "second", ".pin", "1234", "pem", privateKey("x")));
        assertThat(last().changes()).containsExactly(new Change("keyPassword", "***", "***"));
        assertThat(trail.line(last())).doesNotContain("second", "first");
    }

    @Test
    void whatIsReadAgainWithoutADifferenceIsNoChange() {
        update(PID, Map.of("nextHop", "a.example", "felix.fileinstall.filename", "file:/etc/x.cfg"));
        assertThat(trail.last(9)).isEmpty();
    }

    @Test
    void aListThatTheShellWroteAndAFileGaveBackIsNoChange() {
        update(PID, Map.of("allow", List.of("a.example", "b.example"), "block", new String[0]));
        int told = trail.last(9).size();
        update(PID, Map.of("allow", "a.example,b.example", "block", ""));
        assertThat(trail.last(9)).hasSize(told);
    }

    @Test
    void theUserOfTheShellIsNamed() throws Exception {
        Login.as("erika", () -> {
            update(PID, Map.of("nextHop", "b.example"));
            trail.record("certificate requested", "outside", List.of());
            return null;
        });
        assertThat(trail.last(9)).extracting(AuditEntry::who).containsExactly("erika", "erika");
    }

    @Test
    void anEditedFileIsNamed() throws Exception {
        onTheFileWatcher(() -> update(
                PID, Map.of("nextHop", "b.example", "felix.fileinstall.filename", "file:/opt/etc/" + PID + ".cfg")));
        assertThat(last().who()).isEqualTo("file io.drawbridge.edge.cfg");
    }

    @Test
    void aFileThatIsTakenAwayIsNamed() throws Exception {
        update(PID, Map.of("nextHop", "b.example", "felix.fileinstall.filename", "file:/opt/etc/" + PID + ".cfg"));
        stored.remove(PID);
        onTheFileWatcher(() -> event(PID, ConfigurationEvent.CM_DELETED));
        assertThat(last().action()).isEqualTo("configuration deleted");
        assertThat(last().who()).isEqualTo("file io.drawbridge.edge.cfg");
    }

    private static void onTheFileWatcher(Runnable change) throws InterruptedException {
        Thread watcher = new Thread(change, "fileinstall-/opt/etc");
        watcher.start();
        watcher.join();
    }

    @Test
    void theLineHasTimeWithZoneAndCannotBeForged() {
        update(PID, Map.of("nextHop", "b.example\n2026-01-01T00:00:00Z \"root\""));
        assertThat(trail.line(last()))
                .isEqualTo("2026-03-01T11:00:00+01:00 \"system\" configuration changed io.drawbridge.edge "
                        + "{nextHop: \"a.example\" -> \"b.example?2026-01-01T00:00:00Z \\\"root\\\"\"}");
    }

    @Test
    void theTailIsBounded() {
        for (int i = 0; i < 1_500; i++) {
            trail.record("tried", "number " + i, List.of());
        }
        assertThat(trail.last(9_999)).hasSize(1_000);
        assertThat(last().subject()).isEqualTo("number 1499");
    }

    private AuditEntry last() {
        return trail.last(1).get(0);
    }

    private void update(String pid, Map<String, Object> properties) {
        stored.put(pid, properties);
        event(pid, ConfigurationEvent.CM_UPDATED);
    }

    private void event(String pid, int type) {
        ServiceReference<ConfigurationAdmin> reference = Fake.of(ServiceReference.class, Map.of());
        audit.configurationEvent(new ConfigurationEvent(reference, type, null, pid));
    }

    private static String privateKey(String content) {
        return "-----BEGIN PRIVATE KEY-----\n" + content + "\n-----END PRIVATE KEY-----";
    }

    /** Config Admin over the map of this test: what the audit asks of it, and nothing else. */
    private ConfigurationAdmin admin() {
        return Fake.of(
                ConfigurationAdmin.class,
                Map.of(
                        "listConfigurations",
                                arguments -> {
                                    List<Configuration> all = new ArrayList<>();
                                    stored.keySet().forEach(pid -> all.add(configuration(pid)));
                                    return all.toArray(Configuration[]::new);
                                },
                        "getConfiguration", arguments -> configuration((String) arguments[0])));
    }

    private Configuration configuration(String pid) {
        // As Config Admin does: whoever asks for what does not exist gets a new one without properties.
        Dictionary<String, Object> properties =
                stored.containsKey(pid) ? FrameworkUtil.asDictionary(stored.get(pid)) : null;
        return Fake.of(
                Configuration.class,
                Map.of(
                        "getPid", arguments -> pid,
                        "getProperties", arguments -> properties,
                        "delete", arguments -> emptied.add(pid)));
    }
}
