// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.metrics;

import io.drawbridge.api.metrics.MetricSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The metric sources, each taken at the first scrape and held until it goes. Taking one at once would start it, and it
 * may need the very component that collects: who counts crossings reports them to a listener, which is the monitor.
 */
public final class MetricSources {
    private final BundleContext context;
    private final Set<ServiceReference<MetricSource>> known = ConcurrentHashMap.newKeySet();
    private final Map<ServiceReference<MetricSource>, MetricSource> taken = new ConcurrentHashMap<>();

    /** Starts without a source. */
    public MetricSources(BundleContext context) {
        this.context = context;
    }

    /** Notes a source. */
    public void add(ServiceReference<MetricSource> reference) {
        known.add(reference);
    }

    /** Forgets a source. */
    public void remove(ServiceReference<MetricSource> reference) {
        known.remove(reference);
        if (taken.remove(reference) != null) {
            context.ungetService(reference);
        }
    }

    /** Returns the sources there are. */
    public List<MetricSource> now() {
        return known.stream().map(this::take).filter(Objects::nonNull).toList();
    }

    private MetricSource take(ServiceReference<MetricSource> reference) {
        MetricSource held = taken.get(reference);
        if (held != null) {
            return held;
        }
        MetricSource source = context.getService(reference);
        if (source != null && taken.putIfAbsent(reference, source) != null) {
            context.ungetService(reference);
        }
        return source;
    }
}
