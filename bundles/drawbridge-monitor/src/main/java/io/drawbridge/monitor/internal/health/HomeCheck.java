// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipElement;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether there is a home for messages from outside: the next hop, or the embedded home. */
@Component(property = {HealthCheck.NAME + "=home", HealthCheck.TAGS + "=drawbridge"})
public final class HomeCheck implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Policy policy;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PeerDirectory peers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile SipElement embedded;

    @Override
    public Result execute() {
        Policy rules = policy;
        if (rules == null) {
            return new Report()
                    .add(Level.CRITICAL, "nothing decides", "start the bundle drawbridge-core")
                    .result();
        }
        PeerDirectory directory = peers;
        List<PeerStatus> known = directory == null ? List.of() : directory.peers();
        return judge(rules.edge(), known, embedded != null).result();
    }

    static Report judge(EdgeSettings edge, List<PeerStatus> peers, boolean embedded) {
        if (edge.sipDomains().isEmpty()) {
            return new Report().add(Level.CRITICAL, Reason.NOT_CONFIGURED.text(), Reason.NOT_CONFIGURED.remedy());
        }
        return edge.nextHop()
                .map(hop -> judge(hop, peers))
                .orElseGet(() -> embedded
                        ? new Report().ok("the embedded home serves")
                        : new Report().add(Level.CRITICAL, Reason.NO_HOME.text(), Reason.NO_HOME.remedy()));
    }

    private static Report judge(HostPort hop, List<PeerStatus> peers) {
        Report report = new Report();
        for (PeerStatus peer : peers) {
            if (peer.side() == Side.INSIDE && peer.outgoing()) {
                switch (peer.state()) {
                    case UP -> report.ok("next hop " + hop + " is connected");
                    case IDLE, CONNECTING -> report.ok("next hop " + hop + " is not needed now");
                    case DOWN ->
                        report.add(
                                Level.CRITICAL,
                                "next hop " + hop + " cannot be reached: " + peer.why(),
                                "check nextHop in io.drawbridge.edge and that server");
                }
                return report;
            }
        }
        return report.ok("next hop " + hop + " was not needed yet");
    }
}
