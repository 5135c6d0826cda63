// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.Setting;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One PID being read: Drawbridge's own keys by their metatype, all others as the plug-in's. What is wrong is gathered, so that
 * everything can be mended at once.
 *
 * @param <T> the annotation type of Drawbridge's keys
 */
final class Reading<T> {
    private static final String HIDDEN = "***";

    private final String pid;
    private final Map<String, Object> properties;
    private final List<InvalidSetting> wrong = new ArrayList<>();
    private Optional<T> value = Optional.empty();
    private List<InvalidSetting> others;

    Reading(Class<T> definition, String pid, Map<String, Object> properties) {
        this.pid = pid;
        this.properties = properties;
        try {
            Settings<T> read = Settings.read(definition, pid, properties);
            value = Optional.of(read.value());
            others = read.unknownKeys();
        } catch (InvalidSetting invalid) {
            Set<String> keys = Arrays.stream(definition.getDeclaredMethods())
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            Map<Boolean, List<InvalidSetting>> all =
                    invalid.all().stream().collect(Collectors.partitioningBy(each -> keys.contains(each.key())));
            all.get(true).forEach(each -> refuse(each.key(), each.value(), each.rule()));
            others = all.get(false);
        }
    }

    /** Returns Drawbridge's keys, if each of them is right. */
    Optional<T> value() {
        return value;
    }

    /** Returns whether a key is written. */
    boolean has(String key) {
        return properties.containsKey(key);
    }

    /** Reads a domain; empty, with a note, if it is none. */
    Optional<DomainName> domain(String key, String text) {
        try {
            return Optional.of(DomainName.of(text));
        } catch (IllegalArgumentException wrong) {
            refuse(key, text, wrong.getMessage());
            return Optional.empty();
        }
    }

    /** Notes those of some keys that are written, and may not be. */
    void refuseAny(List<String> keys, String rule) {
        keys.stream().filter(this::has).forEach(key -> refuse(key, String.valueOf(properties.get(key)), rule));
    }

    /** Notes that a key breaks a rule. */
    void refuse(String key, String given, String rule) {
        wrong.add(new InvalidSetting(pid, key, given, rule));
    }

    /**
     * Ends it.
     *
     * @throws InvalidSetting if something is wrong, with all of it
     */
    T finish() throws InvalidSetting {
        if (!wrong.isEmpty()) {
            throw wrong.get(0).with(wrong.subList(1, wrong.size()));
        }
        return value.orElseThrow();
    }

    /**
     * Returns the plug-in's values by key. While the plug-in is not known they are as written.
     *
     * @param declared what the plug-in declares, if it is known
     * @param problems gets the keys that nobody knows; they keep nothing from taking effect
     */
    Map<String, String> own(Optional<List<Setting>> declared, List<InvalidSetting> problems) {
        Map<String, String> written = new HashMap<>();
        for (InvalidSetting other : others) {
            written.put(other.key(), String.valueOf(properties.get(other.key())).strip());
        }
        return declared.map(settings -> checked(settings, written, problems)).orElse(written);
    }

    private Map<String, String> checked(
            List<Setting> declared, Map<String, String> written, List<InvalidSetting> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : declared) {
            String given = written.remove(setting.key());
            if (given == null || given.isEmpty()) {
                setting.fallback()
                        .ifPresentOrElse(
                                fallback -> values.put(setting.key(), fallback),
                                () -> refuse(setting.key(), "", "is required: " + setting.description()));
            } else if (setting.type().accepts(given)) {
                values.put(setting.key(), given);
            } else {
                boolean isSecret = setting.type() == Setting.Type.SECRET;
                refuse(setting.key(), isSecret ? HIDDEN : given, setting.type().rule());
            }
        }
        String known = declared.stream().map(Setting::key).sorted().collect(Collectors.joining(", "));
        String those = known.isEmpty() ? "; the plug-in has none" : "; those of the plug-in: " + known;
        others.stream()
                .filter(other -> written.containsKey(other.key()))
                .sorted(Comparator.comparing(InvalidSetting::key))
                .map(other -> new InvalidSetting(pid, other.key(), HIDDEN, other.rule() + those))
                .forEach(problems::add);
        return values;
    }
}
