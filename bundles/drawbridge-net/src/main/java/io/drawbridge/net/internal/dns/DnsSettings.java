// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.HostPort;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/**
 * The configuration of {@value DnsConfig#PID}, checked and in the types it is used in.
 *
 * @param servers whom to ask, in order
 * @param timeout for a whole look-up
 * @param cacheEntries bound of the cache
 * @param minTtl shortest life of an answer
 * @param maxTtl longest life of an answer
 * @param negativeTtl longest life of a negative answer
 * @param failureTtl life of a failure
 * @param stale how long an expired answer may stand in for a failure
 * @param maxPending bound of look-ups under way
 * @param overrides static records
 */
record DnsSettings(
        List<InetSocketAddress> servers,
        Duration timeout,
        int cacheEntries,
        Duration minTtl,
        Duration maxTtl,
        Duration negativeTtl,
        Duration failureTtl,
        Duration stale,
        int maxPending,
        Overrides overrides) {
    private static final int DNS_PORT = 53;

    static DnsSettings of(DnsConfig config) throws InvalidSetting {
        if (config.maxTtlSeconds() < config.minTtlSeconds()) {
            throw new InvalidSetting(
                    DnsConfig.PID, "maxTtlSeconds", "" + config.maxTtlSeconds(), "is not less than minTtlSeconds");
        }
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String server : config.servers()) {
            servers.add(server(server));
        }
        return new DnsSettings(
                servers.isEmpty() ? systemServers() : List.copyOf(servers),
                Duration.ofMillis(config.timeoutMillis()),
                config.cacheEntries(),
                Duration.ofSeconds(config.minTtlSeconds()),
                Duration.ofSeconds(config.maxTtlSeconds()),
                Duration.ofSeconds(config.negativeTtlSeconds()),
                Duration.ofSeconds(config.failureTtlSeconds()),
                Duration.ofSeconds(config.staleSeconds()),
                config.maxPending(),
                overrides(config));
    }

    private static InetSocketAddress server(String text) throws InvalidSetting {
        try {
            HostPort server = HostPort.of(text).orPort(DNS_PORT);
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(server.host());
            if (address != null) {
                return new InetSocketAddress(address, server.port());
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new InvalidSetting(DnsConfig.PID, "servers", text, notAnAddress.getMessage());
        }
        throw new InvalidSetting(
                DnsConfig.PID, "servers", text, "is an IP address, with :PORT if that is not " + DNS_PORT);
    }

    private static List<InetSocketAddress> systemServers() {
        ResolvConfResolverConfigProvider system = new ResolvConfResolverConfigProvider();
        system.initialize();
        return List.copyOf(system.servers());
    }

    private static Overrides overrides(DnsConfig config) throws InvalidSetting {
        try {
            return Overrides.of(config.overrides());
        } catch (IllegalArgumentException notARecord) {
            throw new InvalidSetting(
                    DnsConfig.PID, "overrides", String.join(", ", config.overrides()), notARecord.getMessage());
        }
    }
}
