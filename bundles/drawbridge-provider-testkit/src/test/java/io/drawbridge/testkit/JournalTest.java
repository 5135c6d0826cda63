// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JournalTest {
    @Test
    void aCallThatTakesTooLongIsFoundWithWhereItStoodInTheVendorsCode() {
        try (LeapingTime time = new LeapingTime()) {
            Journal journal = new Journal(time);
            Runnable plugin = () -> time.comes(Duration.ofMillis(1_200), () -> false);
            ((Runnable) journal.watched(Journal.Callee.PLUGIN, plugin, Runnable.class)).run();
            assertThatThrownBy(journal::requireGoodConduct)
                    .isInstanceOf(Finding.class)
                    .hasMessageContaining("run() took")
                    .hasMessageContaining(JournalTest.class.getName());
        }
    }
}
