// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Runs the Felix health checks that are registered, ours and anybody's, each on its own thread and each at most once at
 * a time, so that one that hangs costs one thread and spoils nothing else.
 */
@Component(service = {Health.class, HealthChecks.class})
public final class HealthChecks implements Health {
    /** The tag of checks without which the appliance does not serve. */
    public static final String READY = "ready";

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration SAME_ANSWER = Duration.ofSeconds(2);

    private final BundleContext context;
    private final Map<Object, CheckRun> checks = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "drawbridge-health");
        thread.setDaemon(true);
        return thread;
    });
    private final Duration patience;
    private final LongSupplier nanoTime;

    /** Starts without a check. */
    @Activate
    public HealthChecks(BundleContext context) {
        this(context, PATIENCE, System::nanoTime);
    }

    HealthChecks(BundleContext context, Duration patience, LongSupplier nanoTime) {
        this.context = context;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * Notes a check; it is taken when it first runs. Taken at once, it would start, and what it looks at may need the
     * component that collects checks.
     */
    @Reference(
            service = HealthCheck.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void addCheck(ServiceReference<HealthCheck> reference) {
        Object name = reference.getProperty(HealthCheck.NAME);
        add(
                reference,
                name == null ? "service " + reference.getProperty(Constants.SERVICE_ID) : name.toString(),
                tags(reference.getProperty(HealthCheck.TAGS)),
                () -> context.getService(reference));
    }

    /** Forgets a check. */
    void removeCheck(ServiceReference<HealthCheck> reference) {
        CheckRun run = checks.remove(reference);
        if (run != null && run.taken()) {
            context.ungetService(reference);
        }
    }

    void add(Object key, String name, Set<String> tags, Supplier<HealthCheck> take) {
        checks.put(key, new CheckRun(name, tags, take, threads));
    }

    @Deactivate
    void stop() {
        threads.shutdownNow();
    }

    @Override
    public List<Finding> findings() {
        return findings(checks.values());
    }

    /** Returns what the checks with this tag found, by name. */
    public List<Finding> findings(String tag) {
        return findings(checks.values().stream()
                .filter(check -> check.tags().contains(tag))
                .toList());
    }

    private List<Finding> findings(Collection<CheckRun> wanted) {
        long now = nanoTime.getAsLong();
        List<CheckRun> runs = new ArrayList<>(wanted);
        runs.forEach(run -> run.start(now, SAME_ANSWER));
        long deadline = System.nanoTime() + patience.toNanos();
        return runs.stream()
                .map(run -> finding(run, deadline))
                .sorted(Comparator.comparing(Finding::check))
                .toList();
    }

    private Finding finding(CheckRun run, long deadline) {
        try {
            long wait = Math.max(0, deadline - System.nanoTime());
            return finding(run.name(), run.answer().get(wait, TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return critical(run, "no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException broken) {
            return critical(run, "the check itself failed: " + broken.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return critical(run, "interrupted");
        }
    }

    private static Finding critical(CheckRun run, String detail) {
        return new Finding(run.name(), Level.CRITICAL, List.of(detail));
    }

    private static Finding finding(String name, Result result) {
        List<String> details = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            if (!entry.isDebug()) {
                details.add(entry.getMessage());
            }
        }
        Level level =
                switch (result.getStatus()) {
                    case OK -> Level.OK;
                    case WARN -> Level.WARNING;
                    case TEMPORARILY_UNAVAILABLE, CRITICAL, HEALTH_CHECK_ERROR -> Level.CRITICAL;
                };
        return new Finding(name, level, details);
    }

    private static Set<String> tags(Object property) {
        if (property instanceof String[] many) {
            return Set.of(many);
        }
        return property == null ? Set.of() : Set.of(property.toString());
    }
}
