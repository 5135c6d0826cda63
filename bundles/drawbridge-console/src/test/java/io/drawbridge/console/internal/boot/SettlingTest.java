// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.model.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettlingTest {
    private static final List<ListenerStatus> READING =
            List.of(listener("outside", false, "its settings are not read"));
    private static final List<ListenerStatus> OPEN = List.of(listener("outside", true, ""));

    private final Settling settling = new Settling();

    @Test
    void openListenersSettleSoon() {
        assertThat(settling.settled(OPEN, millis(0))).isFalse();
        assertThat(settling.settled(OPEN, millis(200))).isFalse();
        assertThat(settling.settled(OPEN, millis(300))).isTrue();
    }

    @Test
    void aReasonThatPassesIsNotTheOutcome() {
        assertThat(settling.settled(READING, millis(0))).isFalse();
        assertThat(settling.settled(READING, millis(1_900))).isFalse();
        assertThat(settling.settled(OPEN, millis(1_950))).isFalse();
        assertThat(settling.settled(OPEN, millis(2_250))).isTrue();
    }

    @Test
    void aListenerThatComesLaterIsWaitedFor() {
        settling.settled(OPEN, millis(0));
        List<ListenerStatus> two = List.of(OPEN.get(0), listener("inside", true, ""));
        assertThat(settling.settled(two, millis(299))).isFalse();
        assertThat(settling.settled(two, millis(400))).isFalse();
        assertThat(settling.settled(two, millis(599))).isTrue();
    }

    @Test
    void whatStaysClosedIsTheOutcomeAfterTwoSeconds() {
        settling.settled(READING, millis(0));
        assertThat(settling.settled(READING, millis(2_000))).isTrue();
    }

    @Test
    void noListenerAtAllIsTheOutcomeAfterTwoSeconds() {
        assertThat(settling.settled(List.of(), millis(0))).isFalse();
        assertThat(settling.settled(List.of(), millis(2_000))).isTrue();
    }

    private static ListenerStatus listener(String name, boolean open, String why) {
        return new ListenerStatus(name, Side.OUTSIDE, "sip", "192.0.2.1:5061", open, why, 0);
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
