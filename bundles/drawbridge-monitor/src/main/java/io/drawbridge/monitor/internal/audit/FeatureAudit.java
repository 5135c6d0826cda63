// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry.Change;
import java.util.List;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureEvent;
import org.apache.karaf.features.FeaturesListener;
import org.apache.karaf.features.RepositoryEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Audits features that are installed and uninstalled, and the repositories they come from, after the first start. */
@Component(service = FeaturesListener.class)
public final class FeatureAudit implements FeaturesListener {
    private final Commands commands;
    private final Trail trail;

    /** Listens once the container has booted: what comes with the appliance is no change. */
    @Activate
    public FeatureAudit(@Reference BootFinished booted, @Reference Commands commands, @Reference Trail trail) {
        this.commands = commands;
        this.trail = trail;
    }

    @Override
    public void featureEvent(FeatureEvent event) {
        if (event.isReplay()) {
            return;
        }
        Feature feature = event.getFeature();
        switch (event.getType()) {
            case FeatureInstalled -> tell("feature installed", feature.getName(), "", feature.getVersion());
            case FeatureUninstalled -> tell("feature uninstalled", feature.getName(), feature.getVersion(), "");
        }
    }

    @Override
    public void repositoryEvent(RepositoryEvent event) {
        if (event.isReplay()) {
            return;
        }
        String uri = event.getRepository().getURI().toString();
        switch (event.getType()) {
            case RepositoryAdded -> trail.record(commands.actor(), "feature repository added", uri, List.of());
            case RepositoryRemoved -> trail.record(commands.actor(), "feature repository removed", uri, List.of());
        }
    }

    private void tell(String action, String name, String before, String now) {
        trail.record(commands.actor(), action, name, List.of(new Change("version", before, now)));
    }
}
