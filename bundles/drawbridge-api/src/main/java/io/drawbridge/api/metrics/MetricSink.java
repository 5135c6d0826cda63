// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.metrics;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes numbers. Names follow Prometheus: {@code drawbridge_} in front, base units, snake case. Every call for one name
 * gives the same help and the same label names in the same order.
 */
@ProviderType
public interface MetricSink {
    /**
     * A number that only grows, without the {@code _total} suffix in its name.
     *
     * @param labels name, value, name, value, …
     */
    void counter(String name, String help, double value, String... labels);

    /**
     * A number that rises and falls.
     *
     * @param labels name, value, name, value, …
     */
    void gauge(String name, String help, double value, String... labels);
}
