// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account whose lane is full. */
final class BusyAccountTest {
    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aTimerThatIsDueThenRunsAsSoonAsThereIsRoomUnlessItIsCancelled() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
        CompletableFuture<Void> busy = new CompletableFuture<>();
        AtomicInteger ran = new AtomicInteger();
        fill(vendor.last().context.executor(), busy);
        Runnable cancel = vendor.last().context.after(Duration.ofSeconds(1), () -> ran.addAndGet(100));
        vendor.last().context.after(Duration.ofSeconds(1), ran::incrementAndGet);
        scene.time.pass(Duration.ofSeconds(1));
        cancel.run();
        busy.complete(null);
        scene.await("the timer", () -> ran.get() > 0);
        assertThat(ran).hasValue(1);
    }

    private static void fill(Executor lane, CompletableFuture<Void> busy) {
        lane.execute(busy::join);
        try {
            while (true) {
                lane.execute(() -> {});
            }
        } catch (RejectedExecutionException full) {
            // So it is meant.
        }
    }
}
