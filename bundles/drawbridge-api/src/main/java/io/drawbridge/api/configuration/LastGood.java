// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one PID that a component reads: those of the last good configuration, or what holds without any. The
 * component hands on what it is given, and answers with this when it is asked what is wrong. What is refused is logged.
 *
 * <p>May be asked on any thread; configurations come one after the other, as the container's.
 *
 * @param <C> the annotation type that carries {@code @ObjectClassDefinition}
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
         * Makes them.
         *
         * @throws InvalidSetting for a value that the metatype cannot judge
         */
        S read(C config) throws InvalidSetting;
    }

    /**
     * Starts with the defaults.
     *
     * @throws IllegalStateException if the defaults are not valid, which is a fault of their definition
     */
    public LastGood(Class<C> definition, String pid, Reader<C, S> reader) {
        this(definition, pid, reader, defaults(definition, pid, reader));
    }

    /** Starts with what holds until there is a good configuration. */
    public LastGood(Class<C> definition, String pid, Reader<C, S> reader, S first) {
        this.definition = definition;
        this.pid = pid;
        this.reader = reader;
        this.settings = first;
    }

    private static <C, S> S defaults(Class<C> definition, String pid, Reader<C, S> reader) {
        try {
            return reader.read(Settings.read(definition, pid, Map.of()).value());
        } catch (InvalidSetting impossible) {
            throw new IllegalStateException("a default breaks its own rule", impossible);
        }
    }

    /** Returns the settings in force. */
    public S settings() {
        return settings;
    }

    /**
     * Puts a configuration into force if it is good.
     *
     * @param properties as Config Admin gives them
     * @return whether it is in force now; else what was in force still is
     */
    public boolean configure(Map<String, ?> properties) {
        try {
            Settings<S> read = read(properties);
            settings = read.value();
            problems = read.unknownKeys();
            problems.forEach(unknown -> LOG.warn("{}", unknown.getMessage()));
            return true;
        } catch (InvalidSetting invalid) {
            LOG.error("Refused, the last good settings stay in force: {}", invalid.explanation());
            problems = invalid.all();
            return false;
        }
    }

    @Override
    public List<InvalidSetting> problems() {
        return problems;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        Optional<Map<String, Object>> change = changes.getOrDefault(pid, Optional.empty());
        if (change.isEmpty()) {
            return List.of();
        }
        try {
            return read(change.get()).unknownKeys();
        } catch (InvalidSetting invalid) {
            return invalid.all();
        }
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
