// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A real socket on the loopback interface, as if TLS had proved its peer. */
record LoopbackConnection(Channel channel, Side side, String peerName, boolean accepted) implements ProvenConnection {
    @Override
    public String id() {
        return channel.id().asShortText();
    }

    @Override
    public Optional<PeerIdentity> peer() {
        return Optional.of(new PeerIdentity(
                List.of(), List.of(peerName), Optional.empty(), true, peerName, "", "1", peerName, "", Instant.MAX));
    }

    @Override
    public HostPort announced() {
        return side == Side.INSIDE ? RelayHarness.INSIDE : RelayHarness.OUTSIDE;
    }

    @Override
    public HostPort remote() {
        InetSocketAddress address = (InetSocketAddress) channel.remoteAddress();
        return new HostPort(address.getAddress().getHostAddress(), address.getPort());
    }
}
