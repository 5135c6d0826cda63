// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.net.internal.dns.Answer.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What DNS look-ups came to since the start; outlives changes of configuration. */
final class DnsCounters {
    private final Map<Kind, LongAdder> lookups = new EnumMap<>(Kind.class);
    private final LongAdder hits = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder refused = new LongAdder();

    DnsCounters() {
        for (Kind kind : Kind.values()) {
            lookups.put(kind, new LongAdder());
        }
    }

    void lookedUp(Kind kind) {
        lookups.get(kind).increment();
    }

    void hit() {
        hits.increment();
    }

    void usedStale() {
        stale.increment();
    }

    void refused() {
        refused.increment();
    }

    void collect(MetricSink sink) {
        lookups.forEach((kind, count) -> sink.counter(
                "drawbridge_dns_lookups",
                "Look-ups that name servers were asked for, by what came of them",
                (double) count.sum(),
                "result",
                kind.name().toLowerCase(Locale.ROOT)));
        sink.counter("drawbridge_dns_cache_hits", "Look-ups answered from the cache", (double) hits.sum());
        sink.counter("drawbridge_dns_stale_answers", "Expired answers used because no name server answered", (double)
                stale.sum());
        sink.counter(
                "drawbridge_dns_refused", "Look-ups refused because too many were under way", (double) refused.sum());
    }
}
