// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts who is in at a listener and who may come in. Thread-safe. */
final class Admission {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final LongSupplier nanoTime;
    private final Map<InetAddress, Integer> perNetwork = new HashMap<>();
    private final Map<Limit, Long> hits = new EnumMap<>(Limit.class);
    private Limits limits;
    private TokenBucket handshakeRate;
    private int connections;
    private int handshakes;

    Admission(Limits limits, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        setLimits(limits);
    }

    /**
     * How much is admitted.
     *
     * @param connections open at once
     * @param perNetwork open at once from one IPv4 address or IPv6 network of 64 bits
     * @param handshakes under way at once
     * @param handshakesPerSecond begun, on average
     */
    record Limits(int connections, int perNetwork, int handshakes, int handshakesPerSecond) {}

    /** Changes the limits for those who come from now on; who is in stays. */
    synchronized void setLimits(Limits next) {
        if (next.equals(limits)) {
            return;
        }
        limits = next;
        handshakeRate = new TokenBucket(next.handshakesPerSecond(), nanoTime);
    }

    /** Admits a connection, which is then in its handshake; or returns the limit that forbids it, and counts that. */
    synchronized Optional<Limit> enter(InetAddress address) {
        InetAddress network = network(address);
        Optional<Limit> limit = reached(network);
        if (limit.isPresent()) {
            hits.merge(limit.get(), 1L, Long::sum);
            return limit;
        }
        connections++;
        handshakes++;
        perNetwork.merge(network, 1, Integer::sum);
        return Optional.empty();
    }

    private Optional<Limit> reached(InetAddress network) {
        if (connections >= limits.connections()) {
            return Optional.of(Limit.CONNECTIONS);
        }
        if (perNetwork.getOrDefault(network, 0) >= limits.perNetwork()) {
            return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        if (handshakes >= limits.handshakes()) {
            return Optional.of(Limit.HANDSHAKES);
        }
        return handshakeRate.take() ? Optional.empty() : Optional.of(Limit.HANDSHAKE_RATE);
    }

    /** An admitted connection's handshake ended, either way. */
    synchronized void handshakeEnded() {
        handshakes--;
    }

    /** An admitted connection closed. */
    synchronized void left(InetAddress address) {
        connections--;
        perNetwork.computeIfPresent(network(address), (network, count) -> count == 1 ? null : count - 1);
    }

    synchronized int connections() {
        return connections;
    }

    /** Returns how often each limit was hit. */
    synchronized Map<Limit, Long> hits() {
        return Map.copyOf(hits);
    }

    /** One customer commonly gets a whole IPv6 network of 64 bits, so an address there proves nothing. */
    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, IPV6_NETWORK_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an IPv6 address keeps its length", impossible);
        }
    }
}
