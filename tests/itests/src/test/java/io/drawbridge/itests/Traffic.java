// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A partner that asks the edge again and again over one connection, until it is closed or goes without its answer. */
final class Traffic implements AutoCloseable {
    private static final int SOME = 50;

    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<Void> asking;
    private volatile boolean stopped;

    Traffic(Partner partner, String edge) {
        asking = CompletableFuture.runAsync(() -> ask(partner, edge));
    }

    private void ask(Partner partner, String edge) {
        while (!stopped) {
            try {
                String answer = partner.asks(edge);
                if (!answer.equals("SIP/2.0 200 OK")) {
                    throw new AssertionError("refused after " + answered + " answers: " + answer);
                }
                answered.incrementAndGet();
            } catch (IOException unanswered) {
                throw new UncheckedIOException("unanswered after " + answered + " answers", unanswered);
            }
        }
    }

    /** Waits until the edge, being as it is now, has answered some more; fails if a request went without its answer. */
    void flows() throws Exception {
        int enough = answered.get() + SOME;
        Eventually.await("answers to flow", () -> asking.isDone() || answered.get() >= enough);
        if (asking.isDone()) {
            asking.join();
        }
    }

    /** Stops asking, and fails if any request went without its answer. */
    @Override
    public void close() {
        stopped = true;
        asking.join();
    }
}
