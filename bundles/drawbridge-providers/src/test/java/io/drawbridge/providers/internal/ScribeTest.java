// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are written where blocking is allowed: whoever asks goes on, and the order is kept. */
final class ScribeTest {
    @TempDir
    private Path directory;

    private final CountDownLatch slowDisk = new CountDownLatch(1);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Scribe scribe = new Scribe(thread);

    private Path file() {
        return directory.resolve("kept");
    }

    @Test
    void whoeverAsksGoesOnAndWhatWasAskedForLastStandsInTheEnd() throws Exception {
        thread.execute(() -> {
            try {
                slowDisk.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        CompletionStage<Void> first = scribe.write(file(), "first");
        CompletionStage<Void> last = scribe.write(file(), "last");
        assertThat(first.toCompletableFuture()).isNotDone();
        assertThat(file()).doesNotExist();
        assertThat(scribe.read(file())).as("read as it will be").contains("last");

        slowDisk.countDown();
        scribe.close();
        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(last.toCompletableFuture()).isCompleted();
        assertThat(Files.readString(file())).isEqualTo("last");
    }

    @Test
    void whatIsAskedForAfterTheEndChangesNothing() throws Exception {
        scribe.write(file(), "first");
        scribe.close();
        assertThat(scribe.write(file(), "late").toCompletableFuture()).isCompleted();
        assertThat(Files.readString(file())).isEqualTo("first");
    }
}
