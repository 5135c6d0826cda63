// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.providers.internal.host.Stage.Happening;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table: each stage, whatever happens. */
final class StageTest {
    @ParameterizedTest
    @CsvSource({
        // stage,     TRIED,    NOT_TRIED, PASSED, EXCEEDED,   PROMOTED, RETURNED, ENDED,      REPLACED, LEFT_ALONE
        "SERVES,      SERVES,   SERVES,    SERVES, SERVES,     SERVES,   SERVES,   TAKEN_BACK, WAITS,    SERVES",
        "WAITS,       ON_TRIAL, WAITS,     WAITS,  WAITS,      SERVES,   SERVES,   TAKEN_BACK, WAITS,    SERVES",
        "ON_TRIAL,    ON_TRIAL, WAITS,     SERVES, TAKEN_BACK, SERVES,   ON_TRIAL, TAKEN_BACK, ON_TRIAL, SERVES",
        "TAKEN_BACK,  TAKEN_BACK, TAKEN_BACK, TAKEN_BACK, TAKEN_BACK, SERVES, TAKEN_BACK, TAKEN_BACK, TAKEN_BACK, SERVES"
    })
    void whateverHappensEachStageHasOneNext(ArgumentsAccessor row) {
        Stage stage = row.get(0, Stage.class);
        int column = 1;
        for (Happening happening : Happening.values()) {
            assertThat(stage.after(happening)).as(happening.name()).isEqualTo(row.get(column, Stage.class));
            column++;
        }
    }

    @Test
    void thereAreNoOtherStages() {
        assertThat(Stage.values()).hasSize(4);
    }
}
