// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes changes of configuration, tells what is wrong with them and hands on what is in force. */
public final class CoreConfiguration implements ConfigurationProblems, ConfigurationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CoreConfiguration.class);
    private static final int MOST_LOGGED = 20;

    private final Consumer<InForce> listener;
    private volatile Standing standing = Standing.NOTHING;

    /**
     * Starts with nothing configured.
     *
     * @param listener hears of everything that comes into force, on the thread that applies changes
     */
    public CoreConfiguration(Consumer<InForce> listener) {
        this.listener = listener;
    }

    /**
     * Applies changes together. One thread calls this.
     *
     * @param changes by PID: the new properties, or empty for a deletion
     */
    public void apply(Map<String, Optional<Map<String, Object>>> changes) {
        Standing before = standing;
        Standing after = before.with(changes);
        standing = after;
        listener.accept(after.inForce());
        report(before, after, changes);
    }

    @Override
    public List<InvalidSetting> problems() {
        return standing.problems();
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        Standing now = standing;
        Map<String, Optional<Map<String, Object>>> ours = new HashMap<>(changes);
        ours.keySet().removeIf(pid -> !Kind.of(pid).filter(Kind::isConfigured).isPresent());
        Set<String> known = messages(now.problems());
        return now.with(ours).problems().stream()
                .filter(problem -> changes.containsKey(problem.pid()) || !known.contains(problem.getMessage()))
                .toList();
    }

    private static void report(Standing before, Standing after, Map<String, ?> changes) {
        Set<String> known = messages(before.problems());
        Set<String> current = messages(after.problems());
        List<String> refused =
                current.stream().filter(message -> !known.contains(message)).toList();
        refused.stream().limit(MOST_LOGGED).forEach(message -> LOG.error("Refused: {}", message));
        if (refused.size() > MOST_LOGGED) {
            LOG.error("Refused besides: {} more, see drawbridge:status", refused.size() - MOST_LOGGED);
        }
        known.stream()
                .filter(message -> !current.contains(message))
                .limit(MOST_LOGGED)
                .forEach(message -> LOG.info("No longer refused: {}", message));
        Set<String> remarkedBefore = messages(before.remarks());
        messages(after.remarks()).stream()
                .filter(message -> !remarkedBefore.contains(message))
                .limit(MOST_LOGGED)
                .forEach(message -> LOG.warn("Accepted, but: {}", message));
        LOG.info(
                "Configuration applied: {} changed, {} domains allowed, {} blocked, {} settings refused",
                changes.size(),
                after.inForce().snapshot().allowed().size(),
                after.inForce().snapshot().blocked().size(),
                current.size());
    }

    private static Set<String> messages(List<InvalidSetting> problems) {
        return problems.stream().map(InvalidSetting::getMessage).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
