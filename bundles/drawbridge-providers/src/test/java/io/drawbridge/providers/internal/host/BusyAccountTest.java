// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.provider.AccountContext;
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

    @Test
    void timersThatAreCancelledOnceTheyAreDueCountUntilTheirTurnComes() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
        AccountContext context = vendor.last().context;
        CompletableFuture<Void> busy = new CompletableFuture<>();
        context.executor().execute(busy::join);
        assertThat(cancelled(context, Duration.ofMinutes(1))).as("not due").isEqualTo(2_000);
        assertThat(cancelled(context, Duration.ZERO)).isEqualTo(1_000);
        assertThat(scene.provider("parrot").trouble()).contains("its timers");
        busy.complete(null);
        scene.await("room", () -> cancelled(context, Duration.ZERO) > 0);
    }

    /** Returns how many timers may be started and cancelled, when they are due if they are so at once. */
    private int cancelled(AccountContext context, Duration delay) {
        for (int i = 0; i < 2_000; i++) {
            try {
                Runnable cancel = context.after(delay, () -> {});
                scene.time.settle();
                cancel.run();
            } catch (RejectedExecutionException full) {
                return i;
            }
        }
        return 2_000;
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
