// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.config;

import io.drawbridge.api.metrics.MetricSink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often the limits of {@link HomeConfig} were reached. Thread-safe. */
public final class LimitHits {
    /** What is limited. */
    public enum Limit {
        CONTACTS,
        CONSENTS,
        PUBLICATIONS,
        SUBSCRIPTIONS,
        SUBSCRIPTIONS_PER_WATCHER,
        TRANSACTIONS,
        WAITING
    }

    private final Map<Limit, LongAdder> hits = new EnumMap<>(Limit.class);

    /** Starts at zero. */
    public LimitHits() {
        for (Limit limit : Limit.values()) {
            hits.put(limit, new LongAdder());
        }
    }

    /** Counts a request that is refused because of a limit. */
    public void add(Limit limit) {
        hits.get(limit).increment();
    }

    /** Hands over the counts. */
    public void collect(MetricSink sink) {
        hits.forEach((limit, count) -> sink.counter(
                "drawbridge_home_limits_hit",
                "Requests refused because a limit of the home was reached",
                (double) count.sum(),
                "limit",
                limit.name().toLowerCase(Locale.ROOT)));
    }
}
