// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.directory.NameServerDirectory;
import io.drawbridge.api.directory.NameServerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.net.connection.Destination.Location;
import io.drawbridge.net.dns.FederationLocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps DNS in step with its configuration, on one thread of its own. */
@Component(
        immediate = true,
        configurationPid = DnsConfig.PID,
        service = {
            FederationLocator.class,
            ServerLocator.class,
            NameServerDirectory.class,
            MetricSource.class,
            ConfigurationProblems.class,
            ConfigurationCheck.class
        })
@Designate(ocd = DnsConfig.class)
public final class DnsComponent
        implements FederationLocator,
                ServerLocator,
                NameServerDirectory,
                MetricSource,
                ConfigurationProblems,
                ConfigurationCheck,
                AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DnsComponent.class);
    private static final long SHUTDOWN_SECONDS = 2;

    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("drawbridge-dns", true), NioIoHandler.newFactory());
    private final EventLoop loop = thread.next();
    private final DnsCounters counters = new DnsCounters();
    private final SrvOrder order = new SrvOrder(new SecureRandom());
    private final Set<Resolver> retired = ConcurrentHashMap.newKeySet();
    private final LastGood<DnsConfig, DnsSettings> configuration =
            new LastGood<>(DnsConfig.class, DnsConfig.PID, DnsSettings::of);
    private volatile Lookups lookups;

    /** Starts with the configuration given, or with defaults if it is refused. */
    @Activate
    public DnsComponent(Map<String, Object> properties) {
        configuration.configure(properties);
        lookups = lookups(configuration.settings());
    }

    /** Takes over a changed configuration if it is valid. */
    @Modified
    public void configure(Map<String, Object> properties) {
        if (configuration.configure(properties)) {
            Lookups before = lookups;
            lookups = lookups(configuration.settings());
            // What it was asked before the change it still answers.
            retired.add(before.resolver);
            retired.removeIf(Resolver::isIdle);
        }
    }

    /** Answers whoever still waits and ends the thread. */
    @Deactivate
    @Override
    public void close() {
        retired.forEach(Resolver::close);
        lookups.resolver.close();
        thread.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(SHUTDOWN_SECONDS * 1000);
    }

    @Override
    public Optional<FederationRecord> cached(DomainName domain) {
        return lookups.federation.cached(domain);
    }

    @Override
    public CompletionStage<FederationRecord> look(DomainName domain) {
        return lookups.federation.look(domain);
    }

    @Override
    public CompletionStage<Located<Target>> servers(Location location) {
        return lookups.servers.servers(location);
    }

    @Override
    public CompletionStage<Located<InetAddress>> addresses(String host) {
        return lookups.servers.addresses(host);
    }

    @Override
    public List<NameServerStatus> nameServers() {
        return lookups.resolver.servers();
    }

    @Override
    public void collect(MetricSink sink) {
        counters.collect(sink);
        lookups.resolver.collect(sink);
    }

    @Override
    public List<InvalidSetting> problems() {
        return configuration.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }

    private Lookups lookups(DnsSettings settings) {
        if (settings.servers().isEmpty()) {
            log.error("no name server: set servers in {} or mend /etc/resolv.conf", DnsConfig.PID);
        }
        Resolver resolver = new Resolver(settings, loop, Clock.systemUTC(), counters);
        BoundedCache<DomainName, FederationRecord> ready =
                new BoundedCache<>(settings.cacheEntries(), Clock.systemUTC());
        return new Lookups(
                resolver, new FederationRecords(resolver, order, ready), new DnsServerLocator(resolver, order, loop));
    }

    /** What one configuration amounts to. */
    private record Lookups(Resolver resolver, FederationRecords federation, DnsServerLocator servers) {}
}
