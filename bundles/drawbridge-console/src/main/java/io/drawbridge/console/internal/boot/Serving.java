// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.features.BootFinished;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on the standard output that the appliance serves: every feature is installed and every listener is open or has
 * said why it is not. Whoever started the appliance waits for that line.
 */
@Component(service = Serving.class, immediate = true)
public final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ListenerDirectory directory;
    private final Settling settling = new Settling();
    private final long started = System.nanoTime();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "drawbridge-serving");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts looking at the listeners once the container has booted. */
    @Activate
    public Serving(@Reference BootFinished booted, @Reference ListenerDirectory directory) {
        this.directory = directory;
        watch.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops looking. */
    @Deactivate
    public void close() {
        watch.shutdownNow();
    }

    private void look() {
        List<ListenerStatus> listeners = directory.listeners();
        long now = System.nanoTime();
        if (settling.settled(listeners, now) || now - started > PATIENCE.toNanos()) {
            watch.shutdown();
            try {
                new StandardOutput().append(report(listeners));
            } catch (IOException nobodyReads) {
                LOG.debug("The standard output is closed", nobodyReads);
            }
        }
    }

    static String report(List<ListenerStatus> listeners) {
        StringBuilder report = new StringBuilder();
        long open = listeners.stream().filter(ListenerStatus::open).count();
        report.append("Drawbridge serves on ")
                .append(open)
                .append(" of ")
                .append(listeners.size())
                .append(" listeners\n");
        for (ListenerStatus listener : listeners) {
            report.append("  ")
                    .append(listener.name())
                    .append(": ")
                    .append(listener.protocol())
                    .append(' ');
            report.append(listener.side().name().toLowerCase(java.util.Locale.ROOT))
                    .append(", ");
            report.append(listener.address())
                    .append(listener.open() ? "" : ", closed: " + listener.why())
                    .append('\n');
        }
        if (listeners.isEmpty()) {
            report.append("  Nothing listens yet: docs/operator-guide.md, section 3, tells how to begin\n");
        }
        return report.toString();
    }
}
