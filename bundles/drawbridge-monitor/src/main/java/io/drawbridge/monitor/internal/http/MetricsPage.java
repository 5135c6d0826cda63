// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.monitor.internal.crossing.CrossingMetrics;
import io.drawbridge.monitor.internal.metrics.Scrape;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every number of the appliance in the text format the scraper asks for: Prometheus 0.0.4, or OpenMetrics. */
public final class MetricsPage implements Page {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
    private static final int FAULTS_REMEMBERED = 100;

    private final CrossingMetrics crossings;
    private final Supplier<List<MetricSource>> sources;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Set<String> faultsLogged = new HashSet<>();

    /**
     * Shows the crossings and what the sources report.
     *
     * @param sources gives the sources there are, at each scrape
     */
    public MetricsPage(CrossingMetrics crossings, Supplier<List<MetricSource>> sources) {
        this.crossings = crossings;
        this.sources = sources;
    }

    @Override
    public Answer get(String accept) throws IOException {
        Scrape scrape = new Scrape(crossings.snapshots());
        sources.get().forEach(scrape::ask);
        scrape.faults().forEach(this::logOnce);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, scrape.snapshots());
        return new Answer(Answer.OK, writer.getContentType(), body.toString(StandardCharsets.UTF_8));
    }

    private void logOnce(String fault) {
        synchronized (faultsLogged) {
            if (faultsLogged.size() >= FAULTS_REMEMBERED || !faultsLogged.add(fault)) {
                return;
            }
        }
        LOG.error("a metric is left out: {}", fault);
    }
}
