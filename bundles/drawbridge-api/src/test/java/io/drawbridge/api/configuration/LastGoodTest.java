// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stays in force while somebody writes nonsense into {@link SampleConfig}. */
final class LastGoodTest {
    private static final String PID = "io.drawbridge.sample";
    private static final Map<String, Object> GOOD = Map.of("domain", "a.example", "count", "3");

    private final LastGood<SampleConfig, Integer> count =
            new LastGood<>(SampleConfig.class, PID, LastGoodTest::even, 0);

    /** A rule of two settings, which the metatype cannot state. */
    private static int even(SampleConfig config) throws InvalidSetting {
        if (config.on() && config.count() % 2 == 1) {
            throw new InvalidSetting(PID, "count", "" + config.count(), "is even while on");
        }
        return config.count();
    }

    @Test
    void aGoodConfigurationIsInForce() {
        assertThat(count.configure(GOOD)).isTrue();
        assertThat(count.settings()).isEqualTo(3);
        assertThat(count.problems()).isEmpty();
    }

    @Test
    void aBadOneLeavesTheLastGoodInForceAndIsAProblemUntilThereIsABetter() {
        count.configure(GOOD);
        assertThat(count.configure(Map.of("domain", "a.example", "count", "9"))).isFalse();
        assertThat(count.settings()).isEqualTo(3);
        assertThat(count.problems()).extracting(InvalidSetting::key).containsExactly("count");
        count.configure(Map.of("domain", "a.example", "count", "2"));
        assertThat(count.settings()).isEqualTo(2);
        assertThat(count.problems()).isEmpty();
    }

    @Test
    void aRuleBeyondTheMetatypeIsToldTogetherWithAMisspeltKey() {
        assertThat(count.configure(Map.of("domain", "a.example", "count", "3", "on", "true", "cuont", "1")))
                .isFalse();
        assertThat(count.settings()).isZero();
        assertThat(count.problems()).extracting(InvalidSetting::key).containsExactly("count", "cuont");
    }

    @Test
    void aMisspeltKeyIsAProblemAndHasNoEffect() {
        assertThat(count.configure(Map.of("domain", "a.example", "cuont", "1"))).isTrue();
        assertThat(count.settings()).isEqualTo(4);
        assertThat(count.problems()).extracting(InvalidSetting::key).containsExactly("cuont");
    }

    @Test
    void aChangeIsJudgedWithoutBeingMade() {
        assertThat(count.check(Map.of(PID, Optional.of(Map.of("domain", "a.example", "count", "9")))))
                .extracting(InvalidSetting::key)
                .containsExactly("count");
        assertThat(count.check(Map.of(PID, Optional.of(GOOD)))).isEmpty();
        assertThat(count.check(Map.of(PID, Optional.empty()))).isEmpty();
        assertThat(count.check(Map.of("io.drawbridge.other", Optional.of(Map.of()))))
                .isEmpty();
        assertThat(count.settings()).isZero();
        assertThat(count.problems()).isEmpty();
    }

    @Test
    void defaultsThatAreNotValidAreAFaultOfTheirDefinition() {
        assertThatThrownBy(() -> new LastGood<>(SampleConfig.class, PID, LastGoodTest::even))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("io.drawbridge.sample: domain: is required");
    }
}
