// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.ConnectException;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import io.netty.handler.ssl.SslHandler;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MSRP over the connections of this appliance, under the identity of its listener for {@value #PROTOCOL}. Who connects
 * proves that it may by naming a session that only the dialog told it; who is connected to, by its certificate
 * (RFC 4975 section 14.4). Thread-safe.
 */
final class MsrpConnections implements MsrpNetwork, ConnectionHandler {
    /** The protocol's name for listeners. */
    static final String PROTOCOL = "msrp";

    private static final Logger LOG = LoggerFactory.getLogger(MsrpConnections.class);
    private static final Set<String> HASHES = Set.of("sha-256", "sha-384", "sha-512");
    private final Connector connector;
    private final Announcements announcements;
    private final Reading reading;

    /**
     * Works over these.
     *
     * @param reading begins to read a connection
     */
    MsrpConnections(Connector connector, Announcements announcements, Reading reading) {
        this.connector = connector;
        this.announcements = announcements;
        this.reading = reading;
    }

    /** Begins to read a connection, on its event loop. */
    @FunctionalInterface
    interface Reading {
        MsrpLine begin(Connection connection);
    }

    @Override
    public Optional<HostPort> local() {
        return announcements.announced(Side.INSIDE, PROTOCOL);
    }

    @Override
    public void opened(Connection connection) {
        if (connection.side() == Side.INSIDE) {
            reading.begin(connection);
        } else {
            connection.channel().close();
        }
    }

    @Override
    public void connect(HostPort server, List<String> fingerprints, BiConsumer<MsrpLine, Reason> outcome) {
        Destination destination = new Destination(
                server.toString(), Side.INSIDE, PROTOCOL, new Destination.Location.Server(server), PeerCheck.LATER, 1);
        AtomicReference<MsrpLine> line = new AtomicReference<>();
        connector
                .dial(
                        destination,
                        connection -> {
                            if (isRight(connection, server, fingerprints)) {
                                line.set(reading.begin(connection));
                            } else {
                                LOG.warn("{}: the certificate is not the one of the MSRP session", server);
                                connection.channel().close();
                            }
                        },
                        step -> {})
                .whenComplete((connection, failure) -> {
                    if (line.get() != null) {
                        outcome.accept(line.get(), null);
                    } else {
                        outcome.accept(null, reason(failure));
                    }
                });
    }

    private static Reason reason(Throwable failure) {
        Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ConnectException connect ? connect.reason() : Reason.UNREACHABLE;
    }

    private static boolean isRight(Connection connection, HostPort server, List<String> fingerprints) {
        if (fingerprints.isEmpty()) {
            return connection
                    .peer()
                    .filter(peer -> peer.namesHost(server.host()))
                    .isPresent();
        }
        SslHandler tls = connection.channel().pipeline().get(SslHandler.class);
        if (tls == null) {
            return false;
        }
        try {
            byte[] certificate =
                    tls.engine().getSession().getPeerCertificates()[0].getEncoded();
            return fingerprints.stream().anyMatch(stated -> isOf(stated, certificate));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException nothingShown) {
            return false;
        }
    }

    /** RFC 8122 section 5: a hash function that is thought weak proves nothing. */
    static boolean isOf(String stated, byte[] certificate) {
        String[] parts = stated.split(" ", 2);
        if (parts.length < 2 || !HASHES.contains(parts[0])) {
            return false;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance(parts[0].toUpperCase(Locale.ROOT)).digest(certificate);
            byte[] wanted = HexFormat.ofDelimiter(":").parseHex(parts[1].strip());
            return MessageDigest.isEqual(hash, wanted);
        } catch (NoSuchAlgorithmException | IllegalArgumentException unreadable) {
            return false;
        }
    }
}
