// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.link.Link;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.partner.XmppPartners;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.core.internal.authorization.Authorizations;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.ledger.Ledger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the exchange, put together, and the thread that looks after them. */
final class Exchange implements Inbox, MetricSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final long SWEEP_MINUTES = 10;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Exchange::named);
    private final Authorizations authorizations = new Authorizations();
    private final Lanes lanes = new Lanes();
    private final Deliveries deliveries;
    private final Brakes brakes;
    private final WatchRebuild rebuild;
    private final Switchboard switchboard;

    Exchange(
            Policy policy,
            XmppPartners partners,
            Ledger ledger,
            Supplier<ExchangeSettings> settings,
            InstantSource clock,
            List<CrossingListener> listeners) {
        deliveries = new Deliveries(clock, () -> settings.get().mostUnderWay());
        brakes = new Brakes(settings);
        Subscriptions subscriptions =
                new Subscriptions(authorizations, ledger, deliveries, lanes, brakes, settings, clock, this::goOn);
        rebuild = new WatchRebuild(policy, authorizations, deliveries, lanes, settings, clock, new Random());
        switchboard = new Switchboard(
                policy,
                partners,
                authorizations,
                subscriptions,
                deliveries,
                lanes,
                brakes,
                clock,
                new CrossingReport(clock, listeners));
        ledger.onOpened(content -> {
            authorizations.load(content.rights(), content.presence());
            rebuild.request();
        });
        repeat(deliveries::expire, 1, TimeUnit.SECONDS);
        repeat(rebuild::next, 1, TimeUnit.SECONDS);
        repeat(() -> subscriptions.sweep(policy.edge().sipDomains()), SWEEP_MINUTES, TimeUnit.MINUTES);
    }

    void add(String id, Link link) {
        deliveries.add(id, link);
        rebuild.request();
    }

    void remove(String id, Link link) {
        deliveries.remove(id, link);
        rebuild.lost(id);
    }

    @Override
    public CompletionStage<DeliveryOutcome> accept(Event event, Origin origin) {
        return switchboard.accept(event, origin);
    }

    @Override
    public void close() {
        switchboard.close();
        deliveries.drain(LONGEST_END);
        thread.shutdown();
    }

    @Override
    public void collect(MetricSink sink) {
        deliveries
                .underWay()
                .forEach((link, count) -> sink.gauge(
                        "drawbridge_exchange_under_way",
                        "Events handed to a link without outcome",
                        count,
                        "link",
                        link));
        sink.counter("drawbridge_exchange_timed_out", "Events a link did not complete in time", (double)
                deliveries.timedOut());
        sink.counter(
                "drawbridge_exchange_too_late", "Outcomes that came after their time", (double) deliveries.tooLate());
        sink.gauge("drawbridge_exchange_lanes", "Pairs of principals with something under way", lanes.used());
        brakes.broken()
                .forEach((limit, count) -> sink.counter(
                        "drawbridge_exchange_limits_hit",
                        "Events from outside refused by a limit",
                        count.doubleValue(),
                        "limit",
                        limit.key()));
        Map<Phase, LongAdder> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, new LongAdder());
        }
        authorizations.forEach(
                (right, entitlement) -> phases.get(entitlement.phase()).increment());
        phases.forEach((phase, count) -> sink.gauge(
                "drawbridge_authorizations",
                "Rights to see presence across protocols that are known",
                count.doubleValue(),
                "phase",
                phase.name().toLowerCase(Locale.ROOT)));
        sink.gauge("drawbridge_watches", "Watches that are open across protocols", authorizations.watches());
        sink.gauge("drawbridge_watches_to_rebuild", "Watches that wait to be opened again", rebuild.waiting());
    }

    /** What the ledger completes after the end has an outcome too. */
    private void goOn(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException ended) {
            work.run();
        }
    }

    private void repeat(Runnable task, long delay, TimeUnit unit) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException bug) {
                        LOG.error("The exchange could not look after itself", bug);
                    }
                },
                delay,
                delay,
                unit);
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "drawbridge-exchange");
        thread.setDaemon(true);
        return thread;
    }
}
