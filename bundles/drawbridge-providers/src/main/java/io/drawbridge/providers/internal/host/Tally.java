// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.metrics.MetricSink;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many messages had which outcome. Thread-safe; outcomes are words of this appliance, so they are few. */
final class Tally {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(DeliveryOutcome outcome) {
        counts.computeIfAbsent(word(outcome), any -> new LongAdder()).increment();
    }

    private static String word(DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            return failed.reason().name().toLowerCase(Locale.ROOT);
        }
        return outcome instanceof DeliveryOutcome.Delivered ? "delivered" : "handed_over";
    }

    void collect(MetricSink sink, String name, String help, String provider) {
        counts.forEach((outcome, count) ->
                sink.counter(name, help, (double) count.sum(), "provider", provider, "outcome", outcome));
    }
}
