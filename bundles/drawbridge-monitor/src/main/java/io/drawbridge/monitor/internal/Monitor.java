// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.LastGood;
import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.crossing.CrossingTrace;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.monitor.internal.crossing.CrossingMetrics;
import io.drawbridge.monitor.internal.crossing.Followers;
import io.drawbridge.monitor.internal.crossing.Trace;
import io.drawbridge.monitor.internal.health.HealthChecks;
import io.drawbridge.monitor.internal.http.HealthPage;
import io.drawbridge.monitor.internal.http.ManagementPort;
import io.drawbridge.monitor.internal.http.MetricsPage;
import io.drawbridge.monitor.internal.http.Page;
import io.drawbridge.monitor.internal.metrics.MetricSources;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** Takes note of every crossing, and shows numbers and health on the management port. */
@Component(
        configurationPid = Monitor.PID,
        immediate = true,
        service = {CrossingListener.class, CrossingTrace.class, ConfigurationProblems.class, ConfigurationCheck.class})
@Designate(ocd = MonitorConfig.class)
public final class Monitor implements CrossingListener, CrossingTrace, ConfigurationProblems, ConfigurationCheck {
    static final String PID = "io.drawbridge.monitor";

    private final CrossingMetrics metrics = new CrossingMetrics();
    private final Followers followers = new Followers();
    private final Trace trace = new Trace(1, 1);
    private final MetricSources sources;
    private final ManagementPort port;
    private final LastGood<MonitorConfig, MonitorConfig> configuration =
            new LastGood<>(MonitorConfig.class, PID, Monitor::judged);

    /** Starts with the configuration, or with the defaults where it is not valid. */
    @Activate
    public Monitor(BundleContext context, Map<String, Object> properties, @Reference HealthChecks health) {
        sources = new MetricSources(context);
        Map<String, Page> pages = Map.of(
                "/metrics", new MetricsPage(metrics, sources::now),
                "/health", new HealthPage(health::findings),
                "/ready", new HealthPage(() -> health.findings(HealthChecks.READY)));
        port = new ManagementPort(pages);
        configuration.configure(properties);
        use(configuration.settings());
    }

    /** Takes over changed settings, all or none. */
    @Modified
    void modified(Map<String, Object> properties) {
        if (configuration.configure(properties)) {
            use(configuration.settings());
        }
    }

    @Deactivate
    void stop() {
        port.close();
    }

    /** Adds a source of numbers. */
    @Reference(
            service = MetricSource.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addSource(ServiceReference<MetricSource> source) {
        sources.add(source);
    }

    /** Forgets a source. */
    void removeSource(ServiceReference<MetricSource> source) {
        sources.remove(source);
    }

    @Override
    public void finished(Crossing crossing) {
        trace.add(crossing);
        metrics.count(crossing);
        followers.tell(crossing);
    }

    @Override
    public List<Crossing> last(Filter filter, int limit) {
        return trace.last(filter, limit);
    }

    @Override
    public Following follow(Filter filter, Consumer<Crossing> follower) {
        return followers.add(filter, follower);
    }

    @Override
    public List<InvalidSetting> problems() {
        List<InvalidSetting> all = new ArrayList<>(configuration.problems());
        port.problem().ifPresent(all::add);
        return all;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        return configuration.check(changes);
    }

    private void use(MonitorConfig config) {
        trace.resize(config.deliveredTraceSize(), config.traceSize());
        port.listen(new InetSocketAddress(config.address(), config.port()));
    }

    private static MonitorConfig judged(MonitorConfig config) throws InvalidSetting {
        String address = config.address();
        // Without a name look-up: it could block, and the answer could change.
        if (!address.matches("[0-9.]+|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*")
                || new InetSocketAddress(address, 0).isUnresolved()) {
            throw new InvalidSetting(PID, "address", address, "is an IP address of this machine");
        }
        return config;
    }
}
