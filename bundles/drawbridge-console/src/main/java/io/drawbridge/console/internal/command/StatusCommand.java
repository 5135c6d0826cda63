// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.api.health.Health;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.StatusView;
import io.drawbridge.console.internal.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The appliance at a glance. */
@Service
@Command(
        scope = "drawbridge",
        name = "status",
        description = "Shows the appliance at a glance: domains, listeners, health, refused configuration.",
        detailedDescription = """
                Example:
                  drawbridge:status
                """)
public final class StatusCommand extends EdgeCommand {
    @Override
    protected View run(Services services, List<String> operands) {
        List<String> absent = new ArrayList<>();
        List<InvalidSetting> problems = services.all(ConfigurationProblems.class).stream()
                .flatMap(reader -> reader.problems().stream())
                .toList();
        return new StatusView(
                present(services.find(Policy.class), "policy (drawbridge-core)", absent)
                        .map(Policy::edge),
                present(services.find(ListenerDirectory.class), "edge transport (drawbridge-net)", absent)
                        .map(ListenerDirectory::listeners)
                        .orElse(List.of()),
                services.find(PeerDirectory.class).map(PeerDirectory::peers).orElse(List.of()),
                present(services.find(Health.class), "health (drawbridge-monitor)", absent)
                        .map(Health::findings)
                        .orElse(List.of()),
                problems,
                absent);
    }

    private static <T> Optional<T> present(Optional<T> service, String name, List<String> absent) {
        if (service.isEmpty()) {
            absent.add(name);
        }
        return service;
    }
}
