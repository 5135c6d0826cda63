// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.sip.internal.relay.RelaySettings;
import io.drawbridge.sip.internal.relay.SealKey;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayComponentTest {
    private final RelayComponent component = new RelayComponent(
            null,
            null,
            null,
            SealKey.forThisRun(),
            Map.of("drawbridge.protocol", "sip", "component.name", "x", "timerCSeconds", "200"));

    @AfterEach
    void stop() {
        component.deactivate();
    }

    @Test
    void textOfAConfigurationFileIsRead() {
        assertThat(component.settings().timerCNanos()).isEqualTo(200_000_000_000L);
        assertThat(component.problems())
                .as("properties of the component are no keys")
                .isEmpty();
    }

    @Test
    void aBadValueKeepsTheLastGoodStateAndIsNamed() {
        RelaySettings before = component.settings();
        component.configure(Map.of("timerCSeconds", "180"));

        assertThat(component.settings()).isSameAs(before);
        assertThat(component.problems())
                .singleElement()
                .extracting(InvalidSetting::pid, InvalidSetting::key, InvalidSetting::value)
                .containsExactly("io.drawbridge.sip", "timerCSeconds", "180");
        component.configure(Map.of());
        assertThat(component.problems()).isEmpty();
    }

    @Test
    void anUnknownKeyIsNamedAndHasNoEffect() {
        component.configure(Map.of("timerD", "1"));

        assertThat(component.problems()).extracting(InvalidSetting::key).containsExactly("timerD");
    }
}
