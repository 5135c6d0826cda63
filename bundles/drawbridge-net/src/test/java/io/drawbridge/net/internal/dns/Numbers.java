// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.metrics.MetricSink;
import java.util.HashMap;
import java.util.Map;

/** Remembers the numbers it is handed, by name and label values. */
public final class Numbers implements MetricSink {
    private final Map<String, Double> values = new HashMap<>();

    @Override
    public void counter(String name, String help, double value, String... labels) {
        put(name, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        put(name, value, labels);
    }

    /** Returns the number, 0 if it was not handed over. */
    public double value(String name, String... labelValues) {
        return values.getOrDefault(name + String.join(",", labelValues), 0.0);
    }

    private void put(String name, double value, String... labels) {
        StringBuilder key = new StringBuilder(name);
        for (int i = 1; i < labels.length; i += 2) {
            key.append(i > 1 ? "," : "").append(labels[i]);
        }
        values.put(key.toString(), value);
    }
}
