// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps small files: one after another on a thread that may block, each whole or as it was before. Thread-safe. */
final class Scribe implements AutoCloseable {
    private static final long LONGEST_CLOSE_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

    private final ExecutorService thread;
    private final Map<Path, String> unwritten = new ConcurrentHashMap<>();

    Scribe() {
        this(Executors.newSingleThreadExecutor(task -> new Thread(task, "drawbridge-providers-files")));
    }

    /** Writes on a thread that does one thing after another. */
    Scribe(ExecutorService thread) {
        this.thread = thread;
    }

    /** Writes a file; completes, never exceptionally, when it is written or cannot be. */
    CompletionStage<Void> write(Path file, String text) {
        unwritten.put(file, text);
        try {
            return CompletableFuture.runAsync(() -> keep(file, text), thread);
        } catch (RejectedExecutionException ended) {
            unwritten.remove(file, text);
            LOG.warn("{} was not kept at the end", file);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void keep(Path file, String text) {
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            LOG.warn("{} cannot be kept", file, full);
        }
        unwritten.remove(file, text);
    }

    /**
     * Returns what was last given to write, or stands in the file; empty if there is none.
     *
     * @throws IOException if it cannot be read
     */
    Optional<String> read(Path file) throws IOException {
        String next = unwritten.get(file);
        if (next != null) {
            return Optional.of(next);
        }
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** Writes what was asked for until now. Blocks, ten seconds at most. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Not written at the end: {}", unwritten.keySet());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
