// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.directory.OutgoingPeers;
import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Publishes who is connected: the peers that came, and those that this appliance went to. */
@Component(service = PeerDirectory.class)
public final class PeerStatuses implements PeerDirectory {
    private final OpenConnections connections;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<OutgoingPeers> outgoingPeers = List.of();

    /** Reads the registry each time it is asked. */
    @Activate
    public PeerStatuses(@Reference OpenConnections connections) {
        this.connections = connections;
    }

    private record Incoming(String name, Origin origin) {}

    @Override
    public List<PeerStatus> peers() {
        List<PeerStatus> peers = new ArrayList<>();
        connections.all().stream()
                .filter(TlsConnection::accepted)
                .collect(Collectors.groupingBy(one -> new Incoming(one.peerName(), one.origin())))
                .forEach((peer, open) -> peers.add(incoming(peer, open)));
        outgoingPeers.forEach(some -> peers.addAll(some.outgoing()));
        peers.sort(Comparator.comparing(PeerStatus::name).thenComparing(PeerStatus::outgoing));
        return peers;
    }

    private static PeerStatus incoming(Incoming peer, List<TlsConnection> open) {
        TlsConnection newest =
                open.stream().max(Comparator.comparing(TlsConnection::since)).orElseThrow();
        Instant since = open.stream()
                .map(TlsConnection::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Optional<Instant> expires = newest.peer().map(PeerIdentity::notAfter);
        return new PeerStatus(
                peer.name(),
                peer.origin().side(),
                peer.origin().protocol(),
                false,
                PeerStatus.State.UP,
                "",
                since,
                open.size(),
                newest.remote().toString(),
                newest.tls().orElse(""),
                expires);
    }
}
