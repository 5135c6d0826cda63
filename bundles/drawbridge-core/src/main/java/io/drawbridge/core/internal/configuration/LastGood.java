// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.ConfigurationProblems;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one PID: those of the last good configuration, or what holds without any.
 *
 * @param <C> the annotation type that defines the settings
 * @param <S> the settings as the code wants them
 */
public final class LastGood<C, S> implements ConfigurationProblems, ConfigurationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Class<C> definition;
    private final String pid;
    private final Reader<C, S> reader;
    private volatile S settings;
    private volatile List<InvalidSetting> problems = List.of();

    /** Makes settings of a configuration. */
    @FunctionalInterface
    public interface Reader<C, S> {
        /**
         * Reads the values.
         *
         * @throws InvalidSetting for a value that the metatype cannot judge
         */
        S read(C config) throws InvalidSetting;
    }

    /** Starts with the defaults. */
    public LastGood(Class<C> definition, String pid, Reader<C, S> reader) {
        this.definition = definition;
        this.pid = pid;
        this.reader = reader;
        try {
            settings = reader.read(Settings.read(definition, pid, Map.of()).value());
        } catch (InvalidSetting impossible) {
            throw new IllegalStateException("a default breaks its own rule", impossible);
        }
    }

    /** Returns the settings in force. */
    public S settings() {
        return settings;
    }

    /** Puts a configuration into force if it is good. */
    public void configure(Map<String, ?> properties) {
        try {
            Settings<S> read = read(properties);
            settings = read.value();
            problems = read.unknownKeys();
        } catch (InvalidSetting invalid) {
            LOG.error("Refused, the last good settings stay in force: {}", invalid.explanation());
            problems = invalid.all();
        }
    }

    @Override
    public List<InvalidSetting> problems() {
        return problems;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        Optional<Map<String, Object>> change = changes.getOrDefault(pid, Optional.empty());
        List<InvalidSetting> refused = new ArrayList<>();
        change.ifPresent(properties -> {
            try {
                refused.addAll(read(properties).unknownKeys());
            } catch (InvalidSetting invalid) {
                refused.addAll(invalid.all());
            }
        });
        return refused;
    }

    private Settings<S> read(Map<String, ?> properties) throws InvalidSetting {
        Settings<C> read = Settings.read(definition, pid, properties);
        try {
            return new Settings<>(reader.read(read.value()), read.unknownKeys());
        } catch (InvalidSetting invalid) {
            throw invalid.with(read.unknownKeys());
        }
    }
}
