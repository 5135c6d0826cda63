// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {
    private final AtomicLong nanos = new AtomicLong();
    private final HealthChecks checks = new HealthChecks(null, Duration.ofMillis(200), nanos::get);

    @AfterEach
    void stop() {
        checks.stop();
    }

    @Test
    void findingsComeByName() {
        add("b", () -> new Result(Result.Status.OK, "fine"));
        add("a", () -> new Result(Result.Status.WARN, "hm"));
        assertThat(checks.findings())
                .containsExactly(
                        new Finding("a", Level.WARNING, List.of("hm")), new Finding("b", Level.OK, List.of("fine")));
    }

    @Test
    void onlyTaggedChecksDecideReadiness() {
        add("dns", () -> new Result(Result.Status.CRITICAL, "no"));
        HealthCheck open = () -> new Result(Result.Status.OK, "open");
        checks.add("listeners", "listeners", Set.of("x", HealthChecks.READY), () -> open);
        assertThat(checks.findings(HealthChecks.READY))
                .extracting(Finding::check)
                .containsExactly("listeners");
    }

    @Test
    void aCheckThatThrowsIsCritical() {
        add("broken", () -> {
            throw new IllegalStateException("oops");
        });
        assertThat(checks.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.CRITICAL);
            assertThat(finding.details().get(0)).contains("oops");
        });
    }

    @Test
    void aCheckThatHangsIsCriticalRunsOnlyOnceAndLeavesTheOthersAlone() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        add("hangs", () -> {
            runs.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new Result(Result.Status.OK, "at last");
        });
        add("well", () -> new Result(Result.Status.OK, "fine"));
        for (int i = 0; i < 2; i++) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(checks.findings()).extracting(Finding::level).containsExactly(Level.CRITICAL, Level.OK);
        }
        assertThat(runs).hasValue(1);
        release.countDown();
    }

    @Test
    void quickRepetitionGetsTheSameAnswer() {
        AtomicInteger runs = new AtomicInteger();
        add("counting", () -> new Result(Result.Status.OK, "run " + runs.incrementAndGet()));
        checks.findings();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        checks.findings();
        assertThat(runs).hasValue(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        checks.findings();
        assertThat(runs).hasValue(2);
    }

    private void add(String name, HealthCheck check) {
        checks.add(name, name, Set.of(), () -> check);
    }
}
