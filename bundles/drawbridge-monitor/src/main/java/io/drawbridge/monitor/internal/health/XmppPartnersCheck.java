// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.directory.PeerStatus.State;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.Side;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether the XMPP partners that were written to can be reached; one that cannot spoils nothing for the others. */
@Component(property = {HealthCheck.NAME + "=xmpp", HealthCheck.TAGS + "=drawbridge"})
public final class XmppPartnersCheck implements HealthCheck {
    private static final String PROTOCOL = "xmpp";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PeerDirectory directory;

    @Override
    public Result execute() {
        PeerDirectory peers = directory;
        return judge(peers == null ? List.of() : peers.peers()).result();
    }

    static Report judge(List<PeerStatus> peers) {
        List<PeerStatus> partners = peers.stream()
                .filter(peer -> peer.outgoing() && peer.side() == Side.OUTSIDE)
                .filter(peer -> peer.protocol().equals(PROTOCOL))
                .toList();
        Report report = new Report();
        List<PeerStatus> down =
                partners.stream().filter(peer -> peer.state() == State.DOWN).toList();
        for (PeerStatus peer : down) {
            Instant since = peer.since().truncatedTo(ChronoUnit.SECONDS);
            report.add(Level.WARNING, peer.name() + " cannot be reached since " + since + ", " + peer.why(), "");
        }
        return down.isEmpty() ? report.ok(Report.count(partners.size(), "XMPP partner") + " in use") : report;
    }
}
