// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.providers.internal.plugin.Conduct;
import io.drawbridge.providers.internal.plugin.PluginThreads;
import io.drawbridge.providers.internal.plugin.SteppedTime;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class QuarantineTest {
    private final SteppedTime time = new SteppedTime();
    private final AtomicInteger released = new AtomicInteger();
    private final Quarantine quarantine = new Quarantine(time, "parrot", released::incrementAndGet);

    private void begin() {
        quarantine.begin("a call threw", Optional.empty());
    }

    private Duration rest() {
        Instant began = time.instant();
        begin();
        while (quarantine.rests()) {
            time.pass(Duration.ofMinutes(1));
        }
        return Duration.between(began, time.instant());
    }

    @Test
    void eachRestIsTwiceAsLongAsTheOneBeforeUpToAnHour() {
        List<Long> minutes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            minutes.add(rest().toMinutes());
        }
        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        assertThat(released).hasValue(9);
    }

    @Test
    void anotherPluginBeginsAfresh() {
        rest();
        begin();
        quarantine.forget();
        assertThat(quarantine.rests()).isFalse();
        assertThat(rest()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theEndOfARestThatWasForgottenEndsNoLaterOne() {
        begin();
        time.pass(Duration.ofSeconds(30));
        quarantine.forget();
        begin();
        time.pass(Duration.ofSeconds(45));
        assertThat(quarantine.rests()).isTrue();
        time.pass(Duration.ofSeconds(15));
        assertThat(quarantine.rests()).isFalse();
        assertThat(released).hasValue(1);
    }

    @Test
    void aRestIsNotOverBeforeTheThreadsHaveEnded() {
        Conduct conduct = new Conduct("parrot", time, last -> {});
        CountDownLatch stuck = new CountDownLatch(1);
        PluginThreads threads =
                new PluginThreads("parrot", QuarantineTest.class.getClassLoader(), 1, conduct, time::nanoTime);
        threads.lane().offer(() -> Uninterrupted.await(stuck));
        quarantine.begin("a call blocked", Optional.of(threads));
        threads.close();
        time.pass(Duration.ofHours(3));
        assertThat(quarantine.rests()).isTrue();

        stuck.countDown();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!threads.haveEnded() && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        time.pass(Duration.ofSeconds(1));
        assertThat(quarantine.rests()).isFalse();
    }
}
