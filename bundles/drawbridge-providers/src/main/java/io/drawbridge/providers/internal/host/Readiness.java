// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.providers.internal.configuration.ProviderSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Whether a configured provider can serve, and if not, why. */
final class Readiness {
    private Readiness() {}

    /**
     * Returns how a provider stands.
     *
     * @param rests whether its plug-in is in quarantine
     * @param plugged whether its plug-in is there
     */
    static State state(
            ProviderSettings settings,
            Optional<ProviderDescription> description,
            Instant now,
            boolean rests,
            boolean plugged) {
        if (!settings.enabled()) {
            return State.DISABLED;
        }
        if (hasEnded(settings, description, now)) {
            return State.ENDED;
        }
        if (rests) {
            return State.QUARANTINED;
        }
        return plugged ? State.RUNNING : State.ABSENT;
    }

    /** Returns whether its network has ended, and nothing else answers in its place. */
    static boolean hasEnded(ProviderSettings settings, Optional<ProviderDescription> description, Instant now) {
        return !settings.evenThoughEnded()
                && description
                        .flatMap(ProviderDescription::endOfLife)
                        .filter(end -> end.date().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                        .isPresent();
    }

    /** Returns what policy is told. */
    static PublicProvider.State published(State state) {
        return switch (state) {
            case DISABLED -> PublicProvider.State.DISABLED;
            case ENDED -> PublicProvider.State.ENDED;
            default -> PublicProvider.State.ENABLED;
        };
    }

    /** Returns why it serves nobody. */
    static Reason reason(State state) {
        return switch (state) {
            case DISABLED, UNCONFIGURED -> Reason.PROVIDER_DISABLED;
            case ENDED -> Reason.PROVIDER_ENDED;
            case QUARANTINED -> Reason.PROVIDER_FAILED;
            default -> Reason.PROVIDER_ABSENT;
        };
    }
}
