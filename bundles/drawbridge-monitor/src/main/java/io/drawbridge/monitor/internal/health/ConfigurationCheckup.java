// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.health.Finding.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Whether all configuration was accepted. What is refused is a warning: the last good configuration is in force. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=configuration", HealthCheck.TAGS + "=drawbridge"})
public final class ConfigurationCheckup implements HealthCheck {
    private static final int SHOWN = 20;

    private final List<ConfigurationProblems> readers = new CopyOnWriteArrayList<>();

    /** Adds a reader of configuration. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addReader(ConfigurationProblems reader) {
        readers.add(reader);
    }

    /** Forgets a reader. */
    void removeReader(ConfigurationProblems reader) {
        readers.remove(reader);
    }

    @Override
    public Result execute() {
        return judge(readers.stream()
                        .flatMap(reader -> reader.problems().stream())
                        .toList())
                .result();
    }

    static Report judge(List<InvalidSetting> problems) {
        Report report = new Report();
        if (problems.isEmpty()) {
            return report.ok("all configuration was accepted");
        }
        problems.stream().limit(SHOWN).forEach(problem -> report.add(Level.WARNING, problem.getMessage(), ""));
        if (problems.size() > SHOWN) {
            report.add(Level.WARNING, "and " + (problems.size() - SHOWN) + " more", "");
        }
        return report;
    }
}
