// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.http;

import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.felix.utils.json.JSONWriter;

/** The findings of health checks as JSON: status 200, or 503 as soon as one is critical. */
public final class HealthPage implements Page {
    private final Supplier<List<Finding>> findings;

    /** Shows what {@code findings} gives at each request. */
    public HealthPage(Supplier<List<Finding>> findings) {
        this.findings = findings;
    }

    @Override
    public Answer get(String accept) throws IOException {
        List<Finding> all = findings.get();
        // Without a single check nothing is known to be well.
        Level worst =
                all.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.CRITICAL);
        StringWriter text = new StringWriter();
        JSONWriter json = new JSONWriter(text);
        json.object().key("status").value(word(worst)).key("checks").array();
        for (Finding finding : all) {
            json.object()
                    .key("name")
                    .value(finding.check())
                    .key("status")
                    .value(word(finding.level()))
                    .key("details")
                    .value(finding.details())
                    .endObject();
        }
        json.endArray().endObject();
        return Answer.json(worst == Level.CRITICAL ? Answer.UNAVAILABLE : Answer.OK, text + "\n");
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
