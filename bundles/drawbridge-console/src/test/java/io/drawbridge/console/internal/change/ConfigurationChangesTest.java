// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.configuration.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shows how a change is followed until it acts. */
final class ConfigurationChangesTest {
    private static final String PID = "io.drawbridge.net.identity~edge";
    private final InvalidSetting missing = new InvalidSetting(PID, "certificate", "edge.crt", "does not exist");

    private final ConfigurationChanges changes = new ConfigurationChanges(
            null, List.of(), List.of(() -> List.of(missing)), Optional.empty(), ConfigurationChangesTest::threeLooks);

    @Test
    void aProblemFromBeforeTheChangeDoesNotRefuseIt() throws Refused {
        AtomicInteger looks = new AtomicInteger();

        assertThat(changes.await(PID, () -> looks.incrementAndGet() == 3)).isTrue();
    }

    @Test
    void aProblemThatStaysRefusesTheChange() {
        assertThatThrownBy(() -> changes.await(PID, () -> false)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.settings()).containsExactly(missing);
            assertThat(refused.stored()).isTrue();
        });
    }

    @Test
    void aProblemOfSomethingElseDoesNotRefuseTheChange() throws Refused {
        assertThat(changes.await("io.drawbridge.federation.allowed~fabrikam.com", () -> false))
                .isFalse();
    }

    private static boolean threeLooks(BooleanSupplier condition, Duration patience) {
        return IntStream.range(0, 3).anyMatch(look -> condition.getAsBoolean());
    }
}
