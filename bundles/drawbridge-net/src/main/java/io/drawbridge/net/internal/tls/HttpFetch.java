// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Small bounded downloads over plain HTTP. Several who want the same share one; only so many threads may wait at once, so
 * that handshakes that need no download always find a thread. Thread-safe.
 */
public final class HttpFetch {
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final int LARGEST_BYTES = 8 * 1024 * 1024;
    private static final int MOST_WAITING = 8;
    private static final int OK = 200;

    private final Supplier<HttpClient> client = new OnFirstUse();
    private final ConcurrentMap<URI, CompletableFuture<HttpResponse<byte[]>>> downloads = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** Most appliances never need it: its threads start when they do. */
    private static final class OnFirstUse implements Supplier<HttpClient> {
        private HttpClient client;

        @Override
        public synchronized HttpClient get() {
            if (client == null) {
                client = HttpClient.newBuilder()
                        .connectTimeout(LONGEST)
                        .followRedirects(Redirect.NEVER)
                        .build();
            }
            return client;
        }
    }

    /** Fetches a document; {@code IOException} if it does not come in time or whole. */
    byte[] get(URI uri, Deadline deadline) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> download = downloads.computeIfAbsent(
                uri, wanted -> send(HttpRequest.newBuilder(wanted).GET().build()));
        try {
            return await(download, uri, deadline);
        } finally {
            downloads.remove(uri, download);
        }
    }

    /** Posts a document and returns the answer; {@code IOException} if it does not come in time or whole. */
    byte[] post(URI uri, String type, byte[] body, Deadline deadline) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return await(send(request), uri, deadline);
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.get().sendAsync(request, answer -> new BoundedBody(LARGEST_BYTES));
    }

    private byte[] await(CompletableFuture<HttpResponse<byte[]>> download, URI uri, Deadline deadline)
            throws IOException {
        if (!waiting.tryAcquire()) {
            throw new IOException("too many wait for downloads; " + uri + " was not fetched");
        }
        try {
            long most = Math.min(LONGEST.toNanos(), deadline.left().toNanos());
            HttpResponse<byte[]> answer = download.get(most, TimeUnit.NANOSECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException(uri + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException failed) {
            throw new IOException(uri + " cannot be fetched", failed.getCause());
        } catch (CancellationException givenUp) {
            throw new IOException(uri + " did not answer in the time of another who waited", givenUp);
        } catch (TimeoutException slow) {
            download.cancel(true);
            throw new IOException(uri + " did not answer in time", slow);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopping);
        } finally {
            waiting.release();
        }
    }
}
