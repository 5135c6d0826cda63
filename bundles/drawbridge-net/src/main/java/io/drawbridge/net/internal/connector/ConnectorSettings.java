// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connector;

import java.time.Duration;

/**
 * The configuration of {@value ConnectorConfig#PID}, checked and in the types it is used in.
 *
 * @param tcpTimeout for one address
 * @param tlsTimeout for one handshake
 * @param totalTimeout for an attempt
 * @param destinations wait between attempts at a destination
 * @param targets rest of a failed address
 * @param idle after which a connection closes
 * @param limits bounds
 */
record ConnectorSettings(
        Duration tcpTimeout,
        Duration tlsTimeout,
        Duration totalTimeout,
        BackOff destinations,
        BackOff targets,
        Duration idle,
        Limits limits) {
    /** Bounds on what may accumulate. */
    record Limits(int waitingPerDestination, int waiting, int connections, int destinations) {}

    static ConnectorSettings of(ConnectorConfig config) {
        return new ConnectorSettings(
                Duration.ofMillis(config.tcpTimeoutMillis()),
                Duration.ofMillis(config.tlsTimeoutMillis()),
                Duration.ofMillis(config.totalTimeoutMillis()),
                new BackOff(
                        Duration.ofMillis(config.backOffMillis()), Duration.ofSeconds(config.longestBackOffSeconds())),
                new BackOff(
                        Duration.ofSeconds(config.targetRestSeconds()),
                        Duration.ofSeconds(config.longestTargetRestSeconds())),
                Duration.ofSeconds(config.idleSeconds()),
                new Limits(
                        config.maxWaitingPerDestination(),
                        config.maxWaiting(),
                        config.maxConnections(),
                        config.maxDestinations()));
    }
}
