// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuarantineTest {
    private final Quarantine quarantine = new Quarantine();

    @Test
    void eachRestIsTwiceAsLongAsTheOneBeforeUpToAnHour() {
        List<Duration> rests = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rests.add(quarantine.begin());
            quarantine.end();
        }
        assertThat(rests.stream().map(Duration::toMinutes)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void anotherPluginBeginsAfresh() {
        quarantine.begin();
        quarantine.begin();
        quarantine.forget();
        assertThat(quarantine.rests()).isFalse();
        assertThat(quarantine.begin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(quarantine.rests()).isTrue();
    }
}
