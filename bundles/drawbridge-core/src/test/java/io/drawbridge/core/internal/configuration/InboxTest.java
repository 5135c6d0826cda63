// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes come in bursts and are applied together. */
final class InboxTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<Due> tasks = new ArrayList<>();
    private final List<Map<String, Optional<Map<String, Object>>>> received = new ArrayList<>();
    private final Inbox inbox =
            new Inbox(() -> now, (delay, task) -> tasks.add(new Due(now.plus(delay), task)), received::add);

    private record Due(Instant at, Runnable task) {}

    @Test
    void aBurstIsHandedOnOnceItIsOver() {
        for (int i = 0; i < 10; i++) {
            inbox.offer("pid" + i, Optional.of(Map.of()));
            pass(Duration.ofMillis(100));
        }
        assertThat(received).isEmpty();
        pass(Duration.ofMillis(200));
        assertThat(received).singleElement().satisfies(burst -> assertThat(burst)
                .hasSize(10));
    }

    @Test
    void anEndlessBurstIsHandedOnInPieces() {
        for (int i = 0; i < 110; i++) {
            inbox.offer("pid" + i, Optional.of(Map.of()));
            pass(Duration.ofMillis(100));
        }
        assertThat(received).hasSize(2);
        pass(Duration.ofSeconds(1));
        assertThat(received.stream().mapToInt(Map::size).sum()).isEqualTo(110);
    }

    @Test
    void theNewestOfAPidCounts() {
        inbox.offer("pid", Optional.of(Map.of("value", 1)));
        inbox.offer("pid", Optional.empty());
        pass(Duration.ofSeconds(1));
        assertThat(received).containsExactly(Map.of("pid", Optional.empty()));
    }

    @Test
    void nothingIsHandedOnTwice() {
        inbox.offer("pid", Optional.of(Map.of()));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(10));
        assertThat(received).hasSize(1);
        assertThat(tasks).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDoesNotHoldChangesUp() {
        inbox.offer("pid", Optional.of(Map.of()));
        Runnable waiting = tasks.remove(0).task();
        now = now.minus(Duration.ofDays(1));
        waiting.run();
        assertThat(received).hasSize(1);
    }

    private void pass(Duration time) {
        Instant end = now.plus(time);
        while (tasks.stream().anyMatch(due -> !due.at().isAfter(end))) {
            Due next = tasks.stream()
                    .filter(due -> !due.at().isAfter(end))
                    .findFirst()
                    .orElseThrow();
            tasks.remove(next);
            now = next.at();
            next.task().run();
        }
        now = end;
    }
}
