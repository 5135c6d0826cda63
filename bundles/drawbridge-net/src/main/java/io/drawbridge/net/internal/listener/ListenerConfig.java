// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.model.Side;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of one listener. */
@ObjectClassDefinition(
        name = "Drawbridge listener",
        description = "Where TLS connections of one protocol are accepted. Its identity is also the one that outgoing"
                + " connections of the same side and protocol present. Changes act at once; open connections stay.")
@interface ListenerConfig {
    @AttributeDefinition(
            name = "Side",
            description = "INSIDE: the organisation's own servers; OUTSIDE: everybody else.")
    Side side();

    @AttributeDefinition(
            name = "Protocol",
            description =
                    "Who serves the connections: sip for servers, sip-client for users of the embedded home, xmpp for XMPP"
                            + " servers (port 5269, TLS on demand), xmpps for XMPP servers with TLS from the start (port"
                            + " 5270), msrp for message sessions of the home's users (port 2855), or what another bundle registers.")
    String protocol();

    @AttributeDefinition(
            name = "Address",
            description = "IP address of the interface; 0.0.0.0 for all of IPv4, :: for all.")
    String address();

    @AttributeDefinition(name = "Port", description = "TCP port; 0 takes any free one.", min = "0", max = "65535")
    int port() default 5061;

    @AttributeDefinition(
            name = "Host name",
            description =
                    "Under which peers reach it, as protocol headers say it; the identity's certificate must name it."
                            + " Empty: the certificate's first DNS name.")
    String hostName() default "";

    @AttributeDefinition(
            name = "Identity",
            description =
                    "NAME of the io.drawbridge.net.identity~NAME it presents. Without a valid one it does not open.")
    String identity();

    @AttributeDefinition(
            name = "Client certificate",
            description = "REQUIRED: peers without a trusted certificate are refused. NONE: not asked for. BY_PROTOCOL:"
                    + " required; not asked for by sip-client; asked for by xmpp and xmpps, where dialback may stand in for"
                    + " a trusted one as far as the partner's settings allow, and by msrp, where the session says which"
                    + " one is right.")
    ClientCertificate clientCertificate() default ClientCertificate.BY_PROTOCOL;

    @AttributeDefinition(name = "Minimum TLS", description = "The oldest version that is spoken: TLS_1_2 or TLS_1_3.")
    MinimumTls minimumTls() default MinimumTls.TLS_1_2;

    @AttributeDefinition(
            name = "Legacy peers",
            description =
                    "IP addresses and networks of peers that may also use TLS 1.0 and 1.1 with CBC suites, incoming"
                            + " and outgoing. Both are broken protocols: name single peers, and only until they are updated.")
    String[] legacyPeers() default {};

    @AttributeDefinition(
            name = "Connections",
            description = "How many may be open at once; more are closed at once.",
            min = "1",
            max = "1000000")
    int maxConnections() default 10_000;

    @AttributeDefinition(
            name = "Connections per address",
            description = "How many may be open at once from one IPv4 address or one IPv6 network of 64 bits.",
            min = "1",
            max = "1000000")
    int maxConnectionsPerAddress() default 1_000;

    @AttributeDefinition(
            name = "Handshakes at once",
            description = "How many connections may be in their handshake; more are closed at once.",
            min = "1",
            max = "100000")
    int maxHandshakes() default 1_000;

    @AttributeDefinition(
            name = "Handshakes per second",
            description = "How many may begin in a second, on average; more are closed at once.",
            min = "1",
            max = "100000")
    int maxHandshakesPerSecond() default 500;

    @AttributeDefinition(
            name = "Handshake time",
            description = "In seconds; a slower peer is disconnected.",
            min = "1",
            max = "60")
    int handshakeTimeoutSeconds() default 10;

    @AttributeDefinition(
            name = "Backlog",
            description = "How many connections the system may hold that were not accepted yet.",
            min = "1",
            max = "65535")
    int backlog() default 1_024;

    @AttributeDefinition(
            name = "Write buffer",
            description = "In bytes; a connection with more than this unsent counts as not writable until half of it is"
                    + " sent.",
            min = "16384",
            max = "16777216")
    int writeBufferBytes() default 262_144;

    /** Whether peers must show a certificate. */
    enum ClientCertificate {
        /** What is right for the protocol. */
        BY_PROTOCOL,
        /** They must. */
        REQUIRED,
        /** They are not asked. */
        NONE
    }

    /** The oldest TLS for peers that are not legacy. */
    enum MinimumTls {
        /** RFC 5246. */
        TLS_1_2,
        /** RFC 8446. */
        TLS_1_3
    }
}
