// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry.Change;
import java.io.IOException;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits every change of configuration, of any PID. Config Admin tells synchronous listeners on the thread that makes
 * the change, which is how the audit knows who it was.
 */
@Component(service = SynchronousConfigurationListener.class, immediate = true)
public final class ConfigurationAudit implements SynchronousConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAudit.class);

    private final ConfigurationAdmin admin;
    private final Trail trail;
    private final Map<String, Remembered> known = new ConcurrentHashMap<>();

    /** Starts from the configuration as it is. */
    @Activate
    public ConfigurationAudit(@Reference ConfigurationAdmin admin, @Reference Trail trail)
            throws IOException, InvalidSyntaxException {
        this.admin = admin;
        this.trail = trail;
        Configuration[] all = admin.listConfigurations(null);
        if (all != null) {
            for (Configuration configuration : all) {
                known.put(configuration.getPid(), Remembered.of(configuration.getProperties()));
            }
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        switch (event.getType()) {
            case ConfigurationEvent.CM_UPDATED -> updated(pid);
            case ConfigurationEvent.CM_DELETED -> {
                Remembered before = known.remove(pid);
                // Who deletes a file whose configuration is gone already causes a second event, which changes nothing.
                if (before != null) {
                    tell("configuration deleted", pid, before, Remembered.NOTHING, before.file());
                }
            }
            default -> LOG.debug("{} moved to another location", pid);
        }
    }

    private void updated(String pid) {
        try {
            // By PID, not by a filter: a filter would go through all configurations for each change.
            Configuration configuration = admin.getConfiguration(pid, "?");
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties == null) {
                // Deleted meanwhile: asking has made an empty one, of no factory, which must not stay.
                configuration.delete();
                return;
            }
            Remembered now = Remembered.of(properties);
            Remembered before = known.put(pid, now);
            if (before == null) {
                tell("configuration created", pid, Remembered.NOTHING, now, now.file());
            } else {
                tell("configuration changed", pid, before, now, now.file());
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.warn("cannot audit a change of {}: {}", pid, gone.toString());
        }
    }

    private void tell(String action, String pid, Remembered before, Remembered now, String file) {
        List<Change> changes = before.changesTo(now);
        // Files are read again and written back without a difference; that is no change.
        if (!changes.isEmpty() || now == Remembered.NOTHING) {
            trail.record(Actor.current(file), action, pid, changes);
        }
    }
}
