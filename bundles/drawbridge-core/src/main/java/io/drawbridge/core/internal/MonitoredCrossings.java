// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.core.internal.policy.Partner;
import io.drawbridge.core.internal.policy.PolicyInForce;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the crossings of allowed domains that are marked for monitoring, by domain. */
final class MonitoredCrossings implements CrossingListener, MetricSource {
    private static final int MOST = 10_000;

    private final PolicyInForce policy;
    private final ConcurrentMap<Key, LongAdder> counts = new ConcurrentHashMap<>();

    MonitoredCrossings(PolicyInForce policy) {
        this.policy = policy;
    }

    @Override
    public void finished(Crossing crossing) {
        DomainName foreign = crossing.direction() == Direction.INBOUND
                ? crossing.sender().domain()
                : crossing.recipient().domain();
        Partner partner = policy.snapshot().allowed().get(foreign);
        if (partner == null || !partner.monitored()) {
            return;
        }
        Key key = new Key(foreign, crossing.direction(), crossing.outcome());
        LongAdder count = counts.get(key);
        if (count == null && counts.size() < MOST) {
            count = counts.computeIfAbsent(key, any -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void collect(MetricSink sink) {
        counts.forEach((key, count) -> sink.counter(
                "drawbridge_monitored_crossings",
                "Crossings of domains that are marked for monitoring",
                (double) count.sum(),
                "domain",
                key.domain().value(),
                "direction",
                key.direction().name().toLowerCase(Locale.ROOT),
                "outcome",
                key.outcome().name().toLowerCase(Locale.ROOT)));
    }

    /** What is counted apart. */
    private record Key(DomainName domain, Direction direction, Crossing.Outcome outcome) {}
}
