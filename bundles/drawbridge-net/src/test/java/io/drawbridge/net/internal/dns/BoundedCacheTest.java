// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
    private Instant now = Instant.EPOCH;
    private final BoundedCache<String, Integer> cache = new BoundedCache<>(3, () -> now);

    @Test
    void itNeverHoldsMoreThanItsBound() {
        for (int i = 0; i < 1000; i++) {
            cache.put("name" + i, i, now.plusSeconds(60));
        }
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void whatIsReadStaysWhileAFloodPassesThrough() {
        cache.put("useful", 1, now.plusSeconds(60));
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.fresh("useful")).contains(1);
            cache.put("flood" + i, i, now.plusSeconds(60));
        }
        assertThat(cache.fresh("useful")).contains(1);
    }

    @Test
    void whatExpiredIsNotFreshButStillTheLastThatWasKnown() {
        cache.put("name", 1, now.plusSeconds(60));
        now = now.plusSeconds(60);
        assertThat(cache.fresh("name")).isEmpty();
        assertThat(cache.last("name")).contains(1);
    }

    @Test
    void aNewValueTakesTheOldOnesPlace() {
        cache.put("name", 1, now.plusSeconds(60));
        cache.put("name", 2, now.plusSeconds(60));
        assertThat(cache.fresh("name")).contains(2);
        assertThat(cache.size()).isEqualTo(1);
    }
}
