// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthPageTest {
    private static final Finding WELL = new Finding("disk", Level.OK, List.of("5 GB left"));
    private static final Finding DOUBTFUL = new Finding("certificates", Level.WARNING, List.of("a \"b\"", "c"));
    private static final Finding ILL = new Finding("dns", Level.CRITICAL, List.of("no answer"));

    @Test
    void aWarningIsStillStatus200() throws IOException {
        Answer answer = new HealthPage(() -> List.of(DOUBTFUL, WELL)).get(null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"warning\",\"checks\":["
                        + "{\"name\":\"certificates\",\"status\":\"warning\",\"details\":[\"a \\\"b\\\"\",\"c\"]},"
                        + "{\"name\":\"disk\",\"status\":\"ok\",\"details\":[\"5 GB left\"]}]}\n");
    }

    @Test
    void oneCriticalFindingIsStatus503() throws IOException {
        Answer answer = new HealthPage(() -> List.of(WELL, ILL, DOUBTFUL)).get(null);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).startsWith("{\"status\":\"critical\"");
    }

    @Test
    void withoutAnyCheckNothingIsKnownToBeWell() throws IOException {
        assertThat(new HealthPage(List::of).get(null).status()).isEqualTo(503);
    }
}
