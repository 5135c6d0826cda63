// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.xmpp.internal.stream.XmppConfig;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings of XMPP federation as a whole, and what becomes of bad ones. */
final class XmppComponentTest {
    private static final String REFUSED = XmppConfig.PID + ": partnerConnectionLimit=1: ";

    private XmppComponent component;

    @BeforeEach
    void start() throws InvalidSetting {
        component = new XmppComponent(null, Map.of("partnerConnectionLimit", "7"));
    }

    @AfterEach
    void stop() {
        component.close();
    }

    @Test
    void aChangeIsJudgedBeforeItIsMadeAndNothingChanges() {
        assertThat(component.check(Map.of(XmppConfig.PID, Optional.of(Map.of("partnerConnectionLimit", "1")))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.getMessage()).startsWith(REFUSED));
        assertThat(component.check(Map.of(XmppConfig.PID, Optional.of(Map.of("conectionLimit", "5")))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("conectionLimit"));
        assertThat(component.check(Map.of(XmppConfig.PID, Optional.of(Map.of("connectionLimit", "5")))))
                .isEmpty();
        assertThat(component.check(Map.of("io.drawbridge.other", Optional.of(Map.of("x", "y")))))
                .isEmpty();
        assertThat(component.check(Map.of(XmppConfig.PID, Optional.empty()))).isEmpty();
        assertThat(component.problems()).isEmpty();
    }

    @Test
    void aBadValueLeavesTheLastGoodSettingsInForceAndIsTold() {
        component.configure(Map.of("partnerConnectionLimit", "1"));
        assertThat(component.problems()).singleElement().satisfies(problem -> assertThat(problem.getMessage())
                .startsWith(REFUSED));
        assertThat(component.settings().streamsPerPartner()).isEqualTo(7);
        component.configure(Map.of("partnerConnectionLimit", "9"));
        assertThat(component.problems()).isEmpty();
        assertThat(component.settings().streamsPerPartner()).isEqualTo(9);
    }
}
