// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few read-only pages over HTTP to monitoring software. Made of the JDK's own server: it costs no bundle and a
 * few threads only while it is asked. GET is all it does; a request's body is not looked at.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final int BACKLOG = 64;

    static {
        // The JDK's server has its limits as system properties, read once, and none of these is on by default.
        limit("sun.net.httpserver.maxReqTime", 5);
        limit("sun.net.httpserver.maxRspTime", 30);
        limit("jdk.httpserver.maxConnections", 100);
        limit("sun.net.httpserver.maxReqHeaders", 50);
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private ManagementServer(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param pages what to answer, by exact path
     * @throws IOException if the address is in use or not one of this machine
     */
    public static ManagementServer start(InetSocketAddress address, Map<String, Page> pages) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), named());
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, pages));
        server.start();
        return new ManagementServer(server, threads);
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops at once; requests under way are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Map<String, Page> pages) {
        try (exchange) {
            Answer answer = answer(
                    exchange.getRequestMethod(),
                    pages.get(exchange.getRequestURI().getPath()),
                    exchange.getRequestHeaders().getFirst("Accept"));
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            if (answer.status() == Answer.METHOD_NOT_ALLOWED) {
                exchange.getResponseHeaders().set("Allow", "GET");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException gone) {
            LOG.debug("a client of the management port went away: {}", gone.toString());
        }
    }

    private static Answer answer(String method, Page page, String accept) {
        if (page == null) {
            return Answer.text(Answer.NOT_FOUND, "There are /metrics, /health and /ready.\n");
        }
        if (!method.equals("GET")) {
            return Answer.text(Answer.METHOD_NOT_ALLOWED, "Only GET.\n");
        }
        try {
            return page.get(accept);
        } catch (IOException | RuntimeException broken) {
            LOG.error("a page of the management port failed", broken);
            return Answer.text(Answer.FAILED, "See the log.\n");
        }
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    private static ThreadFactory named() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "drawbridge-management-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
