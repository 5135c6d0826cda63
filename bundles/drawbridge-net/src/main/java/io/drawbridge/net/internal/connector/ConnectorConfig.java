// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How this appliance connects to others. Changes act on what is opened from then on. */
@ObjectClassDefinition(
        name = "Drawbridge outgoing connections",
        description = "How the edge opens, keeps and gives up the connections it makes. A change acts without a restart"
                + " on what is opened from then on.")
@interface ConnectorConfig {
    /** The PID. */
    String PID = "io.drawbridge.net.connector";

    @AttributeDefinition(
            name = "TCP time-out",
            description = "Milliseconds to wait for one address to accept the connection.",
            min = "100",
            max = "20000")
    int tcpTimeoutMillis() default 5000;

    @AttributeDefinition(
            name = "TLS time-out",
            description = "Milliseconds to wait for one handshake.",
            min = "100",
            max = "20000")
    int tlsTimeoutMillis() default 10_000;

    @AttributeDefinition(
            name = "Time-out of an attempt",
            description = "Milliseconds until the whole attempt is given up, over all servers and addresses, look-ups"
                    + " included. A request must be answered within 32 seconds, so this stays well below.",
            min = "500",
            max = "20000")
    int totalTimeoutMillis() default 20_000;

    @AttributeDefinition(
            name = "First wait of a destination",
            description = "Milliseconds without a new attempt after all servers of a destination failed; doubles with"
                    + " each further failure. Meanwhile what is to be sent there is refused at once.",
            min = "10",
            max = "60000")
    int backOffMillis() default 1000;

    @AttributeDefinition(
            name = "Longest wait of a destination",
            description = "Seconds without a new attempt at most.",
            min = "1",
            max = "3600")
    int longestBackOffSeconds() default 30;

    @AttributeDefinition(
            name = "First rest of a server",
            description = "Seconds for which an address that failed is tried after all others; doubles with each"
                    + " further failure.",
            min = "1",
            max = "3600")
    int targetRestSeconds() default 30;

    @AttributeDefinition(
            name = "Longest rest of a server",
            description = "Seconds for which an address that failed is tried after all others at most.",
            min = "1",
            max = "86400")
    int longestTargetRestSeconds() default 300;

    @AttributeDefinition(
            name = "Idle time",
            description = "Seconds without use after which a connection is closed and, when it was the last, its"
                    + " destination forgotten. Longer than a ringing call waits, 180 seconds and more.",
            min = "240",
            max = "86400")
    int idleSeconds() default 600;

    @AttributeDefinition(
            name = "Waiting for one destination",
            description = "How many requests may wait for a connection to one destination; one more is refused.",
            min = "1",
            max = "100000")
    int maxWaitingPerDestination() default 500;

    @AttributeDefinition(
            name = "Waiting in all",
            description = "How many requests may wait for connections; one more is refused.",
            min = "1",
            max = "1000000")
    int maxWaiting() default 10_000;

    @AttributeDefinition(
            name = "Connections",
            description = "How many outgoing connections may be open or under way; one more is refused.",
            min = "1",
            max = "1000000")
    int maxConnections() default 10_000;

    @AttributeDefinition(
            name = "Destinations",
            description = "How many destinations may be known at a time; one more is refused.",
            min = "1",
            max = "1000000")
    int maxDestinations() default 100_000;
}
