// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConductTest {
    private final SteppedTime time = new SteppedTime();
    private final List<String> reports = new ArrayList<>();
    private final Conduct conduct = new Conduct("parrot", time, reports::add);

    private void misbehave(Misbehaviour kind, int times) {
        for (int i = 0; i < times; i++) {
            conduct.note(kind, "connect");
        }
    }

    @Test
    void tenGraveThingsWithinAMinuteAreTooMuchAndReportedOnce() {
        misbehave(Misbehaviour.THREW, 9);
        assertThat(reports).isEmpty();
        misbehave(Misbehaviour.BLOCKED, 5);
        assertThat(reports).containsExactly("a call blocked (connect)");
    }

    @Test
    void whatIsSpreadOverMinutesIsBorne() {
        for (int i = 0; i < 50; i++) {
            misbehave(Misbehaviour.THREW, 1);
            time.pass(Duration.ofSeconds(7));
        }
        assertThat(reports).isEmpty();
    }

    @Test
    void whatIsLightIsCountedOnly() {
        misbehave(Misbehaviour.ANSWERED_LATE, 100);
        assertThat(reports).isEmpty();
        assertThat(conduct.counts()).containsEntry(Misbehaviour.ANSWERED_LATE, 100L);
    }

    @Test
    void threadsThatAreAllBlockedAreTooMuchAtOnce() {
        misbehave(Misbehaviour.STUCK, 1);
        assertThat(reports).hasSize(1);
    }

    @Test
    void whoWasForgivenIsJudgedAfreshAndItsCountsStay() {
        misbehave(Misbehaviour.THREW, 10);
        conduct.forgive();
        misbehave(Misbehaviour.THREW, 9);
        assertThat(reports).hasSize(1);
        misbehave(Misbehaviour.THREW, 1);
        assertThat(reports).hasSize(2);
        assertThat(conduct.counts()).containsEntry(Misbehaviour.THREW, 20L);
    }

    @Test
    void anotherPluginOfTheProviderIsCountedTogetherAndJudgedApart() {
        List<String> others = new ArrayList<>();
        Conduct other = conduct.beside(others::add);
        misbehave(Misbehaviour.THREW, 9);
        for (int i = 0; i < 9; i++) {
            other.note(Misbehaviour.THREW, "deliver");
        }
        assertThat(reports).isEmpty();
        assertThat(others).isEmpty();
        other.note(Misbehaviour.THREW, "deliver");
        assertThat(others).hasSize(1);
        assertThat(reports).isEmpty();
        assertThat(conduct.counts()).containsEntry(Misbehaviour.THREW, 19L);
    }
}
