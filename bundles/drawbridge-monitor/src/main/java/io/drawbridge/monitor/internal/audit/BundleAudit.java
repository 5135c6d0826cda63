// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry.Change;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.features.BootFinished;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Audits what happens to bundles between the end of the start and the beginning of the stop of the appliance; at both
 * every bundle starts or stops, which nobody changed. The framework tells synchronous listeners on the thread that makes
 * the change.
 */
@Component(service = BundleAudit.class, immediate = true)
public final class BundleAudit implements SynchronousBundleListener {
    private final BundleContext context;
    private final Commands commands;
    private final Trail trail;
    private final Map<Long, String> versions = new ConcurrentHashMap<>();

    /** Starts from the bundles as they are once the container has booted. */
    @Activate
    public BundleAudit(
            BundleContext context,
            @Reference BootFinished booted,
            @Reference Commands commands,
            @Reference Trail trail) {
        this.context = context;
        this.commands = commands;
        this.trail = trail;
        context.addBundleListener(this);
        for (Bundle bundle : context.getBundles()) {
            versions.putIfAbsent(bundle.getBundleId(), version(bundle));
        }
    }

    /** Stops listening. */
    @Deactivate
    public void close() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (context.getBundle(0).getState() == Bundle.STOPPING) {
            return;
        }
        // This bundle is not there any more to hear that it has stopped.
        boolean self = bundle.getBundleId() == context.getBundle().getBundleId();
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> tell("bundle installed", bundle, versions(bundle, version(bundle)));
            case BundleEvent.UPDATED -> tell("bundle updated", bundle, versions(bundle, version(bundle)));
            case BundleEvent.UNINSTALLED -> tell("bundle uninstalled", bundle, versions(bundle, ""));
            case BundleEvent.STARTED -> tell("bundle started", bundle, List.of());
            case BundleEvent.STOPPING -> {
                if (self) {
                    tell("bundle stopped", bundle, List.of());
                }
            }
            case BundleEvent.STOPPED -> tell("bundle stopped", bundle, List.of());
            default -> {
                // Resolved and the like: follows from what is told already.
            }
        }
    }

    private List<Change> versions(Bundle bundle, String now) {
        String before = now.isEmpty() ? versions.remove(bundle.getBundleId()) : versions.put(bundle.getBundleId(), now);
        return List.of(new Change("version", before == null ? "" : before, now));
    }

    private void tell(String action, Bundle bundle, List<Change> changes) {
        String name = bundle.getSymbolicName();
        trail.record(commands.actor(), action, name == null ? bundle.getLocation() : name, changes);
    }

    private static String version(Bundle bundle) {
        return bundle.getVersion().toString();
    }
}
