// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.internal.connection.TlsConnection.Origin;
import io.drawbridge.net.internal.listener.ListenerConfig.MinimumTls;
import io.drawbridge.net.internal.tls.AddressRanges;
import io.drawbridge.net.internal.tls.PeerCertificate;
import io.drawbridge.net.internal.tls.TlsProfile;
import io.drawbridge.net.internal.tls.TlsSettings;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a listener, checked.
 *
 * @param pid names them in messages
 * @param origin side and protocol of its connections
 * @param socket address, port and backlog
 * @param hostName the announced name; empty for the certificate's first
 * @param identity the name of its identity
 * @param tls how TLS is spoken
 * @param limits what is admitted
 * @param writeBufferBytes above which a connection is not writable
 * @param unknownKeys keys without effect
 */
record ListenerSettings(
        String pid,
        Origin origin,
        Socket socket,
        Optional<String> hostName,
        String identity,
        TlsSettings tls,
        Admission.Limits limits,
        int writeBufferBytes,
        List<InvalidSetting> unknownKeys) {
    /**
     * What only a new socket can change.
     *
     * @param address IP address and port
     * @param backlog the system's queue
     */
    record Socket(InetSocketAddress address, int backlog) {
        HostPort hostPort() {
            return new HostPort(address.getAddress().getHostAddress(), address.getPort());
        }

        /** Returns whether both cannot be bound at once. */
        boolean overlaps(Socket other) {
            InetAddress one = address.getAddress();
            InetAddress two = other.address.getAddress();
            return address.getPort() != 0
                    && address.getPort() == other.address.getPort()
                    && (one.equals(two) || one.isAnyLocalAddress() || two.isAnyLocalAddress());
        }
    }

    static ListenerSettings read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<ListenerConfig> settings = Settings.read(ListenerConfig.class, pid, properties);
        ListenerConfig config = settings.value();
        return new ListenerSettings(
                pid,
                new Origin(config.side(), config.protocol(), true),
                new Socket(new InetSocketAddress(address(pid, config.address()), config.port()), config.backlog()),
                hostName(pid, config.hostName()),
                config.identity(),
                tls(pid, config),
                new Admission.Limits(
                        config.maxConnections(),
                        config.maxConnectionsPerAddress(),
                        config.maxHandshakes(),
                        config.maxHandshakesPerSecond()),
                config.writeBufferBytes(),
                settings.unknownKeys());
    }

    private static InetAddress address(String pid, String text) throws InvalidSetting {
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(text);
        if (address == null) {
            throw new InvalidSetting(pid, "address", text, "is an IP address of this machine, 0.0.0.0 or ::");
        }
        return address;
    }

    private static Optional<String> hostName(String pid, String text) throws InvalidSetting {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DomainName.of(text).value());
        } catch (IllegalArgumentException notAName) {
            throw new InvalidSetting(pid, "hostName", text, "is a host name: " + notAName.getMessage());
        }
    }

    private static TlsSettings tls(String pid, ListenerConfig config) throws InvalidSetting {
        Manner manner = Manner.of(config.protocol());
        PeerCertificate peerCertificate =
                switch (config.clientCertificate()) {
                    case BY_PROTOCOL -> manner.peerCertificate();
                    case REQUIRED -> PeerCertificate.DEMANDED;
                    case NONE -> PeerCertificate.NOT_ASKED;
                };
        return new TlsSettings(
                config.minimumTls() == MinimumTls.TLS_1_3 ? TlsProfile.STRICT : TlsProfile.MODERN,
                legacyPeers(pid, List.of(config.legacyPeers())),
                peerCertificate,
                Duration.ofSeconds(config.handshakeTimeoutSeconds()),
                manner.application());
    }

    private static AddressRanges legacyPeers(String pid, List<String> texts) throws InvalidSetting {
        try {
            return AddressRanges.of(texts);
        } catch (IllegalArgumentException broken) {
            throw new InvalidSetting(pid, "legacyPeers", String.join(",", texts), broken.getMessage());
        }
    }

    Manner manner() {
        return Manner.of(origin.protocol());
    }

    Side side() {
        return origin.side();
    }

    /** Returns the name to announce under a certificate; refuses one that the certificate does not hold. */
    String announcedName(PeerIdentity certificate) throws InvalidSetting {
        if (hostName.isPresent()) {
            if (!certificate.namesHost(hostName.get())) {
                throw invalid(
                        "hostName",
                        hostName.get(),
                        "is not in the certificate of identity '" + identity + "', which names " + names(certificate));
            }
            return hostName.get();
        }
        return names(certificate).stream()
                .filter(name -> !name.contains("*"))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "hostName", "", "is required: the certificate of identity '" + identity + "' names no host"));
    }

    private static List<String> names(PeerIdentity certificate) {
        return certificate.alternativeNames()
                ? certificate.dnsNames()
                : certificate.commonName().stream().toList();
    }

    InvalidSetting invalid(String key, String value, String rule) {
        return new InvalidSetting(pid, key, value, rule);
    }
}
