// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.configuration.ConfigurationCheck;
import io.drawbridge.api.configuration.InvalidSetting;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tries new settings of identities by reading the files they name. */
@Component(service = ConfigurationCheck.class)
public final class IdentityChecks implements ConfigurationCheck {
    private final Clock clock;

    /** Reads files when asked, and keeps nothing. */
    @Activate
    public IdentityChecks() {
        this(Clock.systemUTC());
    }

    IdentityChecks(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes) {
        List<InvalidSetting> refused = new ArrayList<>();
        changes.forEach((pid, properties) -> {
            if (pid.startsWith(IdentityComponent.PID + "~") && properties.isPresent()) {
                refused.addAll(check(pid, properties.get()));
            }
        });
        return refused;
    }

    private List<InvalidSetting> check(String pid, Map<String, Object> properties) {
        try {
            IdentitySettings settings = IdentitySettings.read(pid, properties);
            settings.own(clock.instant());
            settings.trustAnchors();
            settings.revocationLists();
            return settings.unknownKeys();
        } catch (InvalidSetting invalid) {
            return invalid.all();
        }
    }
}
