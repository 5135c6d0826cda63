// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import java.util.HashMap;
import java.util.Map;

/** What a source reports, each number under its name and the values of its labels. */
final class Numbers implements MetricSink {
    private final Map<String, Double> collected = new HashMap<>();

    static Map<String, Double> of(MetricSource source) {
        Numbers numbers = new Numbers();
        source.collect(numbers);
        return numbers.collected;
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        gauge(name, help, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        StringBuilder key = new StringBuilder(name);
        for (int i = 1; i < labels.length; i += 2) {
            key.append(' ').append(labels[i]);
        }
        collected.put(key.toString(), value);
    }
}
