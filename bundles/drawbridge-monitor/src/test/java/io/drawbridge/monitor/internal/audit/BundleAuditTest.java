// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawbridge.api.audit.AuditEntry;
import io.drawbridge.api.audit.AuditEntry.Change;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureEvent;
import org.apache.karaf.features.FeatureEvent.EventType;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Version;

final class BundleAuditTest {
    private static final long SELF = 7;

    private final Trail trail = new Trail(Clock.systemUTC());
    private final Commands commands = new Commands();
    private int frameworkState = Bundle.ACTIVE;
    private BundleAudit audit;

    @BeforeEach
    void start() {
        audit = new BundleAudit(context(), null, commands, trail);
    }

    @Test
    void anInstalledUpdatedAndUninstalledBundleIsToldWithOldAndNewVersion() throws Exception {
        Login.as("adam", () -> {
            happens(BundleEvent.INSTALLED, bundle(9, "1.0.0"));
            happens(BundleEvent.UPDATED, bundle(9, "1.1.0"));
            happens(BundleEvent.UNINSTALLED, bundle(9, "1.1.0"));
            return null;
        });
        assertThat(trail.last(9))
                .extracting(AuditEntry::who, AuditEntry::action, AuditEntry::subject, AuditEntry::changes)
                .containsExactly(
                        entry("bundle uninstalled", new Change("version", "1.1.0", "")),
                        entry("bundle updated", new Change("version", "1.0.0", "1.1.0")),
                        entry("bundle installed", new Change("version", "", "1.0.0")));
    }

    @Test
    void aBundleStoppedAndStartedIsToldOnceEach() {
        for (int type : List.of(BundleEvent.STOPPING, BundleEvent.STOPPED, BundleEvent.STARTING, BundleEvent.STARTED)) {
            happens(type, bundle(9, "1.0.0"));
        }
        assertThat(trail.last(9)).extracting(AuditEntry::action).containsExactly("bundle started", "bundle stopped");
    }

    @Test
    void whoStopsTheAuditItselfIsStillOnRecord() {
        happens(BundleEvent.STOPPING, bundle(SELF, "1.0.0"));
        assertThat(trail.last(9)).extracting(AuditEntry::action).containsExactly("bundle stopped");
    }

    @Test
    void bundlesThatStopWithTheApplianceAreNoChange() {
        frameworkState = Bundle.STOPPING;
        happens(BundleEvent.STOPPED, bundle(9, "1.0.0"));
        assertThat(trail.last(9)).isEmpty();
    }

    @Test
    void aFeatureInstalledOnTheContainersThreadIsTheDoingOfWhoWaitsForIt() throws Exception {
        CommandSession session = Fake.of(CommandSession.class, Map.of());
        Login.as("adam", () -> {
            commands.beforeExecute(session, "feature:install webconsole");
            return null;
        });
        FeatureAudit features = new FeatureAudit(null, commands, trail);
        features.featureEvent(new FeatureEvent(EventType.FeatureInstalled, feature(), "root", false));
        happens(BundleEvent.STARTED, bundle(9, "1.0.0"));
        assertThat(trail.last(9)).extracting(AuditEntry::who).containsExactly("adam", "adam");
        assertThat(trail.last(9).get(1))
                .returns("feature installed", AuditEntry::action)
                .returns("webconsole", AuditEntry::subject)
                .returns(List.of(new Change("version", "", "4.4.10")), AuditEntry::changes);

        commands.afterExecute(session, "feature:install webconsole", (Object) null);
        features.featureEvent(new FeatureEvent(EventType.FeatureUninstalled, feature(), "root", false));
        assertThat(trail.last(1).get(0))
                .returns("system", AuditEntry::who)
                .returns("feature uninstalled", AuditEntry::action);
    }

    @Test
    void featuresThatWereThereBeforeAreNoChange() {
        new FeatureAudit(null, commands, trail)
                .featureEvent(new FeatureEvent(EventType.FeatureInstalled, feature(), "root", true));
        assertThat(trail.last(9)).isEmpty();
    }

    private static Tuple entry(String action, Change change) {
        return tuple("adam", action, "some.bundle", List.of(change));
    }

    private void happens(int type, Bundle bundle) {
        audit.bundleChanged(new BundleEvent(type, bundle));
    }

    private BundleContext context() {
        Bundle framework = Fake.of(Bundle.class, Map.of("getState", none -> frameworkState));
        Bundle self = bundle(SELF, "1.0.0");
        return Fake.of(
                BundleContext.class,
                Map.of(
                        "addBundleListener", listener -> null,
                        "getBundles", none -> new Bundle[] {self},
                        "getBundle", id -> id == null ? self : framework));
    }

    private static Feature feature() {
        return Fake.of(Feature.class, Map.of("getName", none -> "webconsole", "getVersion", none -> "4.4.10"));
    }

    private static Bundle bundle(long id, String version) {
        return Fake.of(
                Bundle.class,
                Map.of(
                        "getBundleId", none -> id,
                        "getSymbolicName", none -> "some.bundle",
                        "getVersion", none -> new Version(version)));
    }
}
