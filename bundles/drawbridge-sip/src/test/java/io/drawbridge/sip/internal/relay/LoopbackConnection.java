// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Connection;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A real socket on the loopback interface, as if TLS had proved its peer. */
record LoopbackConnection(Channel channel, Side side, String peerName, boolean accepted) implements Connection {
    @Override
    public String id() {
        return channel.id().asShortText();
    }

    @Override
    public String protocol() {
        return "sip";
    }

    @Override
    public Optional<PeerIdentity> peer() {
        return Optional.of(new PeerIdentity(
                List.of(), List.of(peerName), Optional.empty(), true, peerName, "", "1", peerName, "", Instant.MAX));
    }

    @Override
    public Optional<String> distrust() {
        return Optional.empty();
    }

    @Override
    public Optional<String> tls() {
        return Optional.of("TLS");
    }

    @Override
    public CompletionStage<Void> secure() {
        throw new IllegalStateException("there is TLS already");
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
