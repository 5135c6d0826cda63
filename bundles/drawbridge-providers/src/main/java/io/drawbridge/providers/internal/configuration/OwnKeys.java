// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.provider.Setting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys of a PID that Drawbridge itself does not know: the plug-in's own, if it declares them.
 *
 * @param pid where they stand
 * @param properties all of the PID
 * @param unknown those that are not Drawbridge's
 */
record OwnKeys(String pid, Map<String, Object> properties, List<InvalidSetting> unknown) {
    private static final String HIDDEN = "***";

    /**
     * Returns the values by key. While the plug-in is not known they are as written.
     *
     * @param declared what the plug-in declares, if it is known
     * @param problems gets the keys that nobody knows
     * @throws InvalidSetting for the first value that is missing or breaks a rule
     */
    Map<String, String> read(Optional<List<Setting>> declared, List<InvalidSetting> problems) throws InvalidSetting {
        Map<String, String> written = new HashMap<>();
        for (InvalidSetting key : unknown) {
            written.put(key.key(), String.valueOf(properties.get(key.key())).strip());
        }
        return declared.isEmpty() ? written : checked(declared.get(), written, problems);
    }

    private Map<String, String> checked(
            List<Setting> declared, Map<String, String> written, List<InvalidSetting> problems) throws InvalidSetting {
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : declared) {
            String value = written.remove(setting.key());
            if (value == null || value.isEmpty()) {
                value = setting.fallback()
                        .orElseThrow(() ->
                                new InvalidSetting(pid, setting.key(), "", "is required: " + setting.description()));
            } else if (!setting.type().accepts(value)) {
                throw new InvalidSetting(
                        pid,
                        setting.key(),
                        setting.type() == Setting.Type.SECRET ? HIDDEN : value,
                        setting.type().rule());
            }
            values.put(setting.key(), value);
        }
        String known = declared.stream().map(Setting::key).sorted().collect(Collectors.joining(", "));
        written.keySet().stream()
                .sorted()
                .map(key -> new InvalidSetting(
                        pid, key, HIDDEN, "no such key; it had no effect. The plug-in's keys are: " + known))
                .forEach(problems::add);
        return values;
    }
}
