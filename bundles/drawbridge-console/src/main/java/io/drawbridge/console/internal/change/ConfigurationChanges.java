// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Changes to instances of factory configurations: tried before they are made, and followed until they act. New instances
 * are named {@code factoryPid~name}, and are kept in a file in etc, as everything an administrator configures.
 */
public final class ConfigurationChanges {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConfigurationAdmin admin;
    private final List<ConfigurationCheck> checks;
    private final List<ConfigurationProblems> problems;
    private final Optional<Path> etc;
    private final Waiting waiting;

    /**
     * Works on what is configured now.
     *
     * @param checks try a change before it is made
     * @param problems tell what was refused afterwards
     * @param etc the folder of new files; empty to keep new instances in Config Admin alone
     */
    public ConfigurationChanges(
            ConfigurationAdmin admin,
            List<ConfigurationCheck> checks,
            List<ConfigurationProblems> problems,
            Optional<Path> etc) {
        this(admin, checks, problems, etc, Waiting.REAL);
    }

    ConfigurationChanges(
            ConfigurationAdmin admin,
            List<ConfigurationCheck> checks,
            List<ConfigurationProblems> problems,
            Optional<Path> etc,
            Waiting waiting) {
        this.admin = admin;
        this.checks = checks;
        this.problems = problems;
        this.etc = etc;
        this.waiting = waiting;
    }

    /** Returns the properties of every instance of a factory, by PID. */
    public Map<String, Map<String, Object>> instances(String factoryPid) throws IOException {
        Map<String, Map<String, Object>> instances = new HashMap<>();
        for (Configuration configuration : list("(service.factoryPid=" + factoryPid + ")")) {
            instances.put(configuration.getPid(), properties(configuration));
        }
        return instances;
    }

    /** Returns the properties of a configuration; empty if there is none. */
    public Optional<Map<String, Object>> properties(String pid) throws IOException {
        return find(pid).map(ConfigurationChanges::properties);
    }

    private Optional<Configuration> find(String pid) throws IOException {
        return Arrays.stream(list("(service.pid=" + escaped(pid) + ")")).findFirst();
    }

    /**
     * Creates an instance, or sets values of an existing one and leaves its other values.
     *
     * @return the PID
     * @throws Refused if a reader of the configuration would not accept it; nothing was changed
     */
    public String put(String factoryPid, String name, Map<String, Object> values) throws IOException, Refused {
        String pid = factoryPid + "~" + name;
        Optional<Configuration> existing = find(pid);
        if (existing.isPresent()) {
            set(existing.get(), values);
            return pid;
        }
        Map<String, Object> properties = new HashMap<>(values);
        attempt(pid, Optional.of(properties));
        if (etc.isPresent()) {
            properties.put(ConfigurationFile.NAME, ConfigurationFile.write(etc.get(), factoryPid, name, properties));
        }
        update(admin.getFactoryConfiguration(factoryPid, name, "?"), properties);
        return pid;
    }

    /**
     * Sets values of an existing configuration and leaves its other values.
     *
     * @throws IOException if there is no such configuration, or none any more
     * @throws Refused if a reader of the configuration would not accept it; nothing was changed
     */
    public void set(String pid, Map<String, Object> values) throws IOException, Refused {
        set(find(pid).orElseThrow(() -> new IOException("there is no configuration " + pid)), values);
    }

    private void set(Configuration configuration, Map<String, Object> values) throws IOException, Refused {
        Map<String, Object> properties = properties(configuration);
        properties.putAll(values);
        attempt(configuration.getPid(), Optional.of(properties));
        Object file = properties.get(ConfigurationFile.NAME);
        if (file != null) {
            ConfigurationFile.change(file.toString(), properties);
        }
        update(configuration, properties);
    }

    /**
     * Deletes a configuration, and its file.
     *
     * @return whether it existed
     * @throws Refused if what would remain is not valid; nothing was changed
     */
    public boolean delete(String pid) throws IOException, Refused {
        Optional<Configuration> configuration = find(pid);
        if (configuration.isEmpty()) {
            return false;
        }
        attempt(pid, Optional.empty());
        // The file afterwards: else File Install might be the one who is on record for the deletion.
        Object file = properties(configuration.get()).get(ConfigurationFile.NAME);
        try {
            configuration.get().delete();
        } catch (IllegalStateException deletedMeanwhile) {
            return false;
        }
        if (file != null) {
            ConfigurationFile.remove(file.toString());
        }
        return true;
    }

    /**
     * Waits until a change acts, for a few seconds at most.
     *
     * @param effect whether it does
     * @return false if it does not, without anybody having refused it
     * @throws Refused if a reader refused it after all; it is stored, and what was in force stays in force
     */
    public boolean await(String pid, BooleanSupplier effect) throws Refused {
        if (!waiting.until(effect, PATIENCE)) {
            // Not earlier: what a reader says at first may still be about the state before the change.
            refuse(pid);
            return false;
        }
        return true;
    }

    private void refuse(String pid) throws Refused {
        List<InvalidSetting> refused = problems.stream()
                .flatMap(reader -> reader.problems().stream())
                .filter(problem -> problem.pid().equals(pid))
                .toList();
        if (!refused.isEmpty()) {
            throw Refused.afterwards(refused);
        }
    }

    private void attempt(String pid, Optional<Map<String, Object>> after) throws Refused {
        Map<String, Optional<Map<String, Object>>> change = Map.of(pid, after);
        List<InvalidSetting> refused = new ArrayList<>();
        checks.forEach(check -> refused.addAll(check.check(change)));
        if (!refused.isEmpty()) {
            throw Refused.beforehand(refused);
        }
    }

    private static void update(Configuration configuration, Map<String, Object> properties) throws IOException {
        try {
            configuration.update(FrameworkUtil.asDictionary(properties));
        } catch (IllegalStateException deletedMeanwhile) {
            throw new IOException("it was removed by somebody else meanwhile", deletedMeanwhile);
        }
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalArgumentException(filter, wrong);
        }
    }

    private static Map<String, Object> properties(Configuration configuration) {
        Dictionary<String, Object> stored = configuration.getProperties();
        Map<String, Object> properties = new HashMap<>();
        if (stored != null) {
            for (String key : Collections.list(stored.keys())) {
                properties.put(key, stored.get(key));
            }
        }
        return properties;
    }

    /** RFC 1960 section 3. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("(", "\\(")
                .replace(")", "\\)");
    }
}
