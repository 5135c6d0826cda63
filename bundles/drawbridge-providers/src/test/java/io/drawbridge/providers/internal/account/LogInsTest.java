// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.providers.internal.plugin.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class LogInsTest {
    private final SteppedTime time = new SteppedTime();
    private final List<Instant> granted = new ArrayList<>();
    private final Kept kept = new Kept();

    private static final class Kept implements LogIns.Store {
        private LogIns.Budget budget;
        private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

        @Override
        public Optional<LogIns.Budget> read() {
            return Optional.ofNullable(budget);
        }

        @Override
        public CompletionStage<Void> write(LogIns.Budget left) {
            budget = left;
            return written;
        }
    }

    private LogIns logIns(int perMinute) {
        return new LogIns(time, () -> perMinute, kept);
    }

    private void ask(LogIns logIns, int times) {
        for (int i = 0; i < times; i++) {
            logIns.request(() -> granted.add(time.instant()));
        }
        time.pass(Duration.ZERO);
    }

    @Test
    void inNoMinuteMoreThanTheBudgetSignIn() {
        ask(logIns(60), 600);
        time.pass(Duration.ofMinutes(20));
        assertThat(granted).hasSize(600);
        for (Instant from : granted) {
            assertThat(granted.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60))))
                    .hasSizeLessThanOrEqualTo(60);
        }
    }

    @Test
    void aRestartDoesNotRefillTheBudget() {
        ask(logIns(60), 16);
        assertThat(granted).hasSize(16);
        ask(logIns(60), 16);
        assertThat(granted).hasSize(16);
        time.pass(Duration.ofSeconds(2));
        assertThat(granted).hasSize(17);
    }

    @Test
    void nobodySignsInBeforeItIsKeptThatHeDoesSoAndNothingWaitsForTheFile() {
        CompletableFuture<Void> slowDisk = new CompletableFuture<>();
        kept.written = slowDisk;
        ask(logIns(60), 2);
        assertThat(granted).isEmpty();
        slowDisk.complete(null);
        time.settle();
        assertThat(granted).hasSize(2);
    }

    @Test
    void whoWaitsKnowsAboutWhenItsTurnComes() {
        LogIns logIns = logIns(60);
        assertThat(logIns.nextTurn()).isEqualTo(time.instant());
        ask(logIns, 20);
        Instant expected = logIns.nextTurn();
        ask(logIns, 1);
        time.pass(Duration.between(time.instant(), expected).minusMillis(100));
        assertThat(granted).hasSize(20);
        time.pass(Duration.ofMillis(200));
        assertThat(granted).hasSize(21);
    }

    @Test
    void whoWithdrawsBeforeItIsKeptIsNotGrantedAndLeavesItsTurnToWhoWaits() {
        CompletableFuture<Void> slowDisk = new CompletableFuture<>();
        kept.written = slowDisk;
        LogIns logIns = logIns(1);
        Runnable withdraw = logIns.request(() -> granted.add(Instant.EPOCH));
        time.settle();
        ask(logIns, 1);
        withdraw.run();
        slowDisk.complete(null);
        time.settle();
        assertThat(granted).containsExactly(time.instant());
        assertThat(logIns.waiting()).isZero();
    }

    @Test
    void whoWithdrawsIsNotGranted() {
        LogIns logIns = logIns(1);
        ask(logIns, 1);
        Runnable withdraw = logIns.request(() -> granted.add(time.instant()));
        withdraw.run();
        time.pass(Duration.ofMinutes(5));
        assertThat(granted).hasSize(1);
        assertThat(logIns.waiting()).isZero();
    }
}
