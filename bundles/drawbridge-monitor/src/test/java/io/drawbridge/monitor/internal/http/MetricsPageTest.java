// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.monitor.internal.crossing.CrossingMetrics;
import io.drawbridge.monitor.internal.crossing.Crossings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsPageTest {
    private final CrossingMetrics crossings = new CrossingMetrics();

    @Test
    void crossingsAreCountedByDirectionProtocolOutcomeAndReason() throws IOException {
        crossings.count(Crossings.delivered("1", "bob@fabrikam.example", "alice@contoso.example"));
        crossings.count(Crossings.delivered("2", "bob@fabrikam.example", "alice@contoso.example"));
        crossings.count(Crossings.refused("3", "eve@litware.example", "alice@contoso.example", Reason.DOMAIN_BLOCKED));

        assertThat(text())
                .contains("drawbridge_crossings_total{direction=\"inbound\",outcome=\"delivered\",protocol=\"sip\","
                        + "reason=\"allowed\"} 2.0\n")
                .contains("drawbridge_crossings_total{direction=\"inbound\",outcome=\"refused\",protocol=\"sip\","
                        + "reason=\"domain_blocked\"} 1.0\n");
    }

    @Test
    void onlyWhatIsAnsweredCountsForTheLatency() throws IOException {
        crossings.count(Crossings.delivered("1", "bob@fabrikam.example", "alice@contoso.example"));
        crossings.count(Crossings.unanswered("2"));

        String labels = "direction=\"inbound\",outcome=\"delivered\",protocol=\"sip\"";
        assertThat(text())
                .contains("drawbridge_crossing_duration_seconds_bucket{" + labels + ",le=\"0.01\"} 0\n")
                .contains("drawbridge_crossing_duration_seconds_bucket{" + labels + ",le=\"0.025\"} 1\n")
                .contains("drawbridge_crossing_duration_seconds_count{" + labels + "} 1\n");
    }

    @Test
    void numbersOfSeveralSourcesUnderOneNameStandTogether() throws IOException {
        MetricSource inside = sink -> sink.gauge("drawbridge_connections", "Open.", 3, "side", "inside");
        MetricSource outside = sink -> {
            sink.gauge("drawbridge_connections", "Open.", 5, "side", "outside");
            sink.counter("drawbridge_handshakes", "Done.", 7);
        };

        assertThat(text(inside, outside))
                .contains("# TYPE drawbridge_connections gauge\n")
                .contains("drawbridge_connections{side=\"inside\"} 3.0\n")
                .contains("drawbridge_connections{side=\"outside\"} 5.0\n")
                .contains("# TYPE drawbridge_handshakes_total counter\n")
                .contains("drawbridge_handshakes_total 7.0\n");
    }

    @Test
    void aSourceThatReportsWronglyDoesNotSpoilTheRest() throws IOException {
        MetricSource good = sink -> sink.gauge("drawbridge_good", "Good.", 1);
        MetricSource throwing = sink -> {
            throw new IllegalStateException("no numbers");
        };
        MetricSource clashing = sink -> {
            sink.gauge("drawbridge_good", "Good.", 2);
            sink.counter("drawbridge_good", "Good.", 3);
            sink.gauge("drawbridge_crossings", "Taken.", 4);
            sink.gauge("not a name", "Bad.", 5);
            sink.counter("drawbridge_twice_total", "Bad.", 5);
            sink.gauge("drawbridge_odd", "Odd.", 6, "label-without-value");
        };

        assertThat(text(throwing, good, clashing))
                .contains("drawbridge_good 1.0\n")
                .doesNotContain("drawbridge_good 2.0", "drawbridge_crossings 4.0", "not", "twice", "drawbridge_odd");
    }

    @Test
    void aScraperThatAsksForOpenMetricsGetsIt() throws IOException {
        Answer answer = new MetricsPage(crossings, List::of)
                .get("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        assertThat(answer.contentType()).startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    private String text(MetricSource... sources) throws IOException {
        Answer answer = new MetricsPage(crossings, () -> List.of(sources)).get(null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/plain; version=0.0.4");
        return answer.body();
    }
}
