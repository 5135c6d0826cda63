// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An account that is configured and not in force, because something that is written there breaks a rule.
 *
 * @param pid where
 * @param name its name for people
 * @param provider the identifier of its provider, as it is written
 * @param user the own user it belongs to, if it can be read
 * @param why what is wrong, each with PID, key and rule
 */
public record RefusedAccount(String pid, String name, String provider, Optional<Principal> user, String why) {
    static RefusedAccount of(String pid, Map<String, Object> properties, List<InvalidSetting> problems) {
        return new RefusedAccount(
                pid,
                Instances.name(pid),
                String.valueOf(properties.getOrDefault("provider", "")),
                user(String.valueOf(properties.getOrDefault("user", ""))),
                why(problems));
    }

    /** Returns what is wrong, for people. */
    public static String why(List<InvalidSetting> problems) {
        return problems.stream().map(InvalidSetting::getMessage).collect(Collectors.joining("; "));
    }

    private static Optional<Principal> user(String text) {
        try {
            Address address = Address.of(text);
            return Optional.of(Principal.of(address.user(), address.domain()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
