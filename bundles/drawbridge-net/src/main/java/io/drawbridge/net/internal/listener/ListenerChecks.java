// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.net.internal.identity.IdentityDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tries new settings of listeners against the identities and the other listeners. */
@Component(service = ConfigurationCheck.class)
public final class ListenerChecks implements ConfigurationCheck {
    private static final String LISTENER = ListenerComponent.PID + "~";
    private static final String IDENTITY = "io.drawbridge.net.identity~";

    private final IdentityDirectory identities;
    private final ListenerRegistry registry;

    /** Asks both when it is asked. */
    @Activate
    public ListenerChecks(@Reference IdentityDirectory identities, @Reference ListenerRegistry registry) {
        this.identities = identities;
        this.registry = registry;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        List<InvalidSetting> refused = new ArrayList<>();
        Map<String, ListenerSettings> after = new HashMap<>();
        registry.all()
                .forEach(listener -> listener.settings().ifPresent(settings -> after.put(settings.pid(), settings)));
        Map<String, ListenerSettings> changed = new HashMap<>();
        changes.forEach((pid, properties) -> {
            if (pid.startsWith(LISTENER)) {
                after.remove(pid);
                properties
                        .flatMap(given -> read(pid, given, refused))
                        .ifPresent(settings -> changed.put(pid, settings));
            }
        });
        after.putAll(changed);
        changed.values().forEach(settings -> refused.addAll(conflicts(settings, after, changes)));
        after.values().forEach(settings -> lost(settings, changes).ifPresent(refused::add));
        return refused;
    }

    private static Optional<ListenerSettings> read(
            String pid, Map<String, Object> properties, List<InvalidSetting> refused) {
        try {
            ListenerSettings settings = ListenerSettings.read(pid, properties);
            refused.addAll(settings.unknownKeys());
            return Optional.of(settings);
        } catch (InvalidSetting invalid) {
            refused.addAll(invalid.all());
            return Optional.empty();
        }
    }

    private List<InvalidSetting> conflicts(
            ListenerSettings settings,
            Map<String, ListenerSettings> after,
            Map<String, Optional<Map<String, Object>>> changes) {
        List<InvalidSetting> conflicts = new ArrayList<>();
        after.values().stream()
                .filter(other -> !other.pid().equals(settings.pid()))
                .filter(other -> other.socket().overlaps(settings.socket()))
                .forEach(other -> conflicts.add(settings.invalid(
                        "port", settings.socket().hostPort().toString(), "is taken by " + other.pid())));
        if (changes.containsKey(IDENTITY + settings.identity())) {
            return conflicts;
        }
        identities
                .identity(settings.identity())
                .ifPresentOrElse(
                        identity -> identity.state()
                                .certificate()
                                .flatMap(certificate -> wrongName(settings, certificate))
                                .ifPresent(conflicts::add),
                        () -> conflicts.add(settings.invalid(
                                "identity", settings.identity(), "is the name of a configured identity")));
        return conflicts;
    }

    private static Optional<InvalidSetting> wrongName(ListenerSettings settings, PeerIdentity certificate) {
        try {
            settings.announcedName(certificate);
            return Optional.empty();
        } catch (InvalidSetting invalid) {
            return Optional.of(invalid);
        }
    }

    /** A listener whose identity would be deleted. */
    private static Optional<InvalidSetting> lost(
            ListenerSettings settings, Map<String, Optional<Map<String, Object>>> changes) {
        Optional<Map<String, Object>> identity = changes.get(IDENTITY + settings.identity());
        return identity != null && identity.isEmpty()
                ? Optional.of(settings.invalid("identity", settings.identity(), "would be deleted while it is in use"))
                : Optional.empty();
    }
}
