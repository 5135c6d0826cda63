// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.policy.Reason;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often something had which outcome. Thread-safe. */
final class ReasonTally {
    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    ReasonTally() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(Reason reason) {
        counts.get(reason).increment();
    }

    void collect(MetricSink sink, String name, String help, String provider) {
        counts.forEach((reason, count) -> {
            long sum = count.sum();
            if (sum > 0) {
                String outcome = reason.name().toLowerCase(Locale.ROOT);
                sink.counter(name, help, (double) sum, "provider", provider, "outcome", outcome);
            }
        });
    }
}
