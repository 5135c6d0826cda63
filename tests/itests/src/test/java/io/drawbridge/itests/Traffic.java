// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A partner that sends request after request over one connection, until it is closed or one is not answered with 200. */
final class Traffic implements AutoCloseable {
    private static final int SOME = 50;

    private final AtomicInteger answered = new AtomicInteger();
    private final CompletableFuture<Void> asking;
    private volatile boolean stopped;

    Traffic(Question question) {
        asking = CompletableFuture.runAsync(() -> ask(question));
    }

    /** Sends one request and returns the status line of its answer. */
    @FunctionalInterface
    interface Question {
        String ask() throws IOException;
    }

    private void ask(Question question) {
        while (!stopped) {
            try {
                String answer = question.ask();
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
