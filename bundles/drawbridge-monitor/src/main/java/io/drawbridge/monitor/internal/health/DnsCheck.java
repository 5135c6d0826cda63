// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.NameServerDirectory;
import io.drawbridge.api.directory.NameServerStatus;
import io.drawbridge.api.directory.NameServerStatus.State;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.policy.Reason;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the name servers answer: critical if none does, a warning if some do not. */
@Component(property = {HealthCheck.NAME + "=dns", HealthCheck.TAGS + "=drawbridge"})
public final class DnsCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NameServerDirectory directory;

    @Override
    public Result execute() {
        NameServerDirectory servers = directory;
        return servers == null
                ? new Report()
                        .add(Level.CRITICAL, "the edge transport is not running", "start the bundle drawbridge-net")
                        .result()
                : judge(servers.nameServers()).result();
    }

    static Report judge(List<NameServerStatus> servers) {
        Report report = new Report();
        if (servers.isEmpty()) {
            return report.add(Level.WARNING, "there is no name server to ask", Reason.DNS_FAILED.remedy());
        }
        boolean silent = servers.stream().allMatch(server -> server.state() == State.FAILS);
        for (NameServerStatus server : servers) {
            switch (server.state()) {
                case ANSWERS -> report.ok(server.address() + " answers");
                case UNKNOWN -> report.ok(server.address() + " was not asked yet");
                case FAILS ->
                    report.add(
                            silent ? Level.CRITICAL : Level.WARNING,
                            server.address() + " does not answer since " + server.since() + ": " + server.why(),
                            Reason.DNS_FAILED.remedy());
            }
        }
        return report;
    }
}
