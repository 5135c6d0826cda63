// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import io.drawbridge.api.configuration.InvalidSetting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management port as configured: listens, moves when told, and where it cannot listen says why and tries again, so
 * that it needs nobody once the obstacle is gone.
 */
public final class ManagementPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Map<String, Page> pages;
    private final Duration retryAfter;
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "drawbridge-management-retry");
        thread.setDaemon(true);
        return thread;
    });

    private InetSocketAddress wanted;
    private ManagementServer server;
    private ScheduledFuture<?> retry;
    private InvalidSetting problem;

    /** Prepares to serve the pages. */
    public ManagementPort(Map<String, Page> pages) {
        this(pages, RETRY);
    }

    ManagementPort(Map<String, Page> pages, Duration retryAfter) {
        this.pages = pages;
        this.retryAfter = retryAfter;
    }

    /** Listens there and nowhere else; if that fails, {@link #problem} tells and it is tried again every 10 seconds. */
    public synchronized void listen(InetSocketAddress address) {
        if (address.equals(wanted)) {
            return;
        }
        wanted = address;
        if (server != null) {
            server.close();
            server = null;
        }
        open();
    }

    /** Returns why it does not listen; empty if it does. */
    public synchronized Optional<InvalidSetting> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public synchronized void close() {
        retries.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    private synchronized void open() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
        if (server != null || retries.isShutdown()) {
            return;
        }
        try {
            server = ManagementServer.start(wanted, pages);
            problem = null;
            LOG.info("metrics and health are served on {}", wanted);
            if (!wanted.getAddress().isLoopbackAddress()) {
                LOG.warn("the management port {} can be reached from other machines and asks for no password", wanted);
            }
        } catch (IOException unavailable) {
            retry = retries.schedule(this::open, retryAfter.toMillis(), TimeUnit.MILLISECONDS);
            if (problem == null) {
                LOG.error(
                        "no metrics and health on {}: {}; tried again every {} s",
                        wanted,
                        unavailable.getMessage(),
                        retryAfter.toSeconds());
            }
            problem = new InvalidSetting(
                    "io.drawbridge.monitor",
                    "port",
                    Integer.toString(wanted.getPort()),
                    wanted.getAddress().getHostAddress() + " cannot be used (" + unavailable.getMessage()
                            + "): stop the program that uses the port, or choose another address or port");
        }
    }
}
