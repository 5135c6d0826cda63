// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.health.Finding.Level;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether every configured listener accepts connections. */
@Component(property = {HealthCheck.NAME + "=listeners", HealthCheck.TAGS + "=" + HealthChecks.READY})
public final class ListenersCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ListenerDirectory directory;

    @Override
    public Result execute() {
        ListenerDirectory listeners = directory;
        return listeners == null
                ? new Report()
                        .add(Level.CRITICAL, "the edge transport is not running", "start the bundle drawbridge-net")
                        .result()
                : judge(listeners.listeners()).result();
    }

    static Report judge(List<ListenerStatus> listeners) {
        Report report = new Report();
        if (listeners.isEmpty()) {
            return report.add(
                    Level.CRITICAL, "no listener is configured", "configure one as io.drawbridge.net.listener~NAME");
        }
        for (ListenerStatus listener : listeners) {
            String where = listener.name() + " (" + listener.protocol() + " on " + listener.address() + ")";
            if (listener.open()) {
                report.ok(where + " is open, " + Report.count(listener.connections(), "connection"));
            } else {
                report.add(
                        Level.CRITICAL,
                        where + " is closed: " + listener.why(),
                        "mend io.drawbridge.net.listener~" + listener.name() + " or what it refers to");
            }
        }
        return report;
    }
}
