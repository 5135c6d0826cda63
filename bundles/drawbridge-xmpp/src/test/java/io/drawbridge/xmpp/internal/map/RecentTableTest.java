// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentTableTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RecentTable<String, String> table =
            new RecentTable<>(10_000, Duration.ofHours(1), () -> now, (key, value) -> key.length() + value.length());

    @Test
    void longEntriesLeaveRoomForFewer() {
        for (int i = 0; i < 1_000; i++) {
            table.put("short " + i, "");
        }
        int many = table.size();
        for (int i = 0; i < 1_000; i++) {
            table.put("long " + i, "x".repeat(1_000));
        }

        assertThat(many).isBetween(35, 40);
        assertThat(table.size()).isBetween(6, 8);
        assertThat(table.find("long 999")).isPresent();
        assertThat(table.find("long 990")).isEmpty();
    }

    @Test
    void whatIsUsedStaysAndWhatIsReplacedTakesItsRoomOnce() {
        table.put("used", "x");
        for (int i = 0; i < 1_000; i++) {
            table.put("replaced", "x".repeat(1_000));
            table.put("other " + i, "x".repeat(2_000));
            assertThat(table.find("used")).isPresent();
        }
        assertThat(table.find("replaced")).isPresent();
    }

    @Test
    void whatNobodyUsesForLongIsForgotten() {
        table.put("a", "1");
        now = now.plus(Duration.ofMinutes(50));
        table.put("b", "2");
        now = now.plus(Duration.ofMinutes(20));

        assertThat(table.find("a")).isEmpty();
        assertThat(table.find("b")).contains("2");
    }

    @Test
    void whatIsLargerThanTheTableIsNotRemembered() {
        table.put("a", "x".repeat(20_000));

        assertThat(table.size()).isZero();
    }
}
