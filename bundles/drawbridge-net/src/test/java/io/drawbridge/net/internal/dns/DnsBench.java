// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.FederationRecord;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Type;

/** The parts of DNS put together as the component does, with a clock in the test's hand. */
final class DnsBench implements AutoCloseable {
    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, Object> settings = new HashMap<>();
    final DnsCounters counters = new DnsCounters();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Resolver resolver;
    FederationRecords federation;
    DnsServerLocator servers;

    /** Takes settings as key, value, key, value. */
    DnsBench(Object... keysAndValues) throws Exception {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        EventLoop loop = thread.next();
        DnsSettings read = DnsSettings.of(
                Settings.read(DnsConfig.class, DnsConfig.PID, settings).value());
        SrvOrder order = new SrvOrder(new Random(1));
        resolver = new Resolver(read, loop, () -> now, counters);
        federation = new FederationRecords(resolver, order, new BoundedCache<>(100, () -> now));
        servers = new DnsServerLocator(resolver, order, loop);
    }

    FederationRecord look(String domain) throws Exception {
        return wait(federation.look(DomainName.of(domain)));
    }

    Answer a(String name) throws Exception {
        return wait(resolver.ask(Question.of("", DomainName.of(name), Type.A)));
    }

    static <T> T wait(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        resolver.close();
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
