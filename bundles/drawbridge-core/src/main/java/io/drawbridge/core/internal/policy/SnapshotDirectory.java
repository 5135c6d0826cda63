// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.directory.DomainStatus;
import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Shows the snapshot that decides now. */
public final class SnapshotDirectory implements PolicyDirectory {
    private final Supplier<Snapshot> inForce;

    /**
     * Shows whatever snapshot is given at the time.
     *
     * @param inForce gives the snapshot that decides now
     */
    public SnapshotDirectory(Supplier<Snapshot> inForce) {
        this.inForce = inForce;
    }

    @Override
    public List<DomainStatus> domains() {
        Snapshot snapshot = inForce.get();
        List<DomainStatus> domains = new ArrayList<>();
        for (DomainName domain : snapshot.settings().sipDomains()) {
            domains.add(new DomainStatus(domain, DomainList.OWN, "", "", "io.drawbridge.edge"));
        }
        snapshot.allowed().forEach((domain, partner) -> {
            String server = partner.proxy().map(Object::toString).orElse("");
            domains.add(new DomainStatus(domain, DomainList.ALLOWED, server, partner.comment(), partner.pid()));
        });
        snapshot.translated().forEach((domain, known) -> {
            DomainList list = known.isPublic() ? DomainList.PUBLIC : DomainList.XMPP;
            String server = known.xmpp()
                    .flatMap(XmppPartner::proxy)
                    .map(Object::toString)
                    .orElse("");
            domains.add(new DomainStatus(domain, list, server, known.description(), known.pid()));
        });
        snapshot.gateways().forEach((domain, gateway) -> {
            String server = gateway.proxy().toString();
            domains.add(new DomainStatus(domain, DomainList.PUBLIC, server, gateway.name(), gateway.pid()));
        });
        snapshot.blocked()
                .forEach((domain, blocking) -> domains.add(
                        new DomainStatus(domain, DomainList.BLOCKED, "", blocking.comment(), blocking.pid())));
        domains.sort(Comparator.comparing(DomainStatus::domain));
        return List.copyOf(domains);
    }

    @Override
    public List<AccessPolicyStatus> accessPolicies() {
        return inForce.get().access().inOrder().stream()
                .map(AccessPolicy::status)
                .toList();
    }
}
