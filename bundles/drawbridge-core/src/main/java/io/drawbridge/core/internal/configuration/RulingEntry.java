// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.policy.WatchedPeer;
import java.util.Map;
import java.util.Optional;

/**
 * The administrator's word on one discovered partner.
 *
 * @param pid where it is configured
 * @param certificate the fingerprint of its certificate
 * @param ruling the word
 */
record RulingEntry(String pid, String certificate, WatchedPeer.Ruling ruling) implements Entry {
    /** Factory PID of rulings. */
    static final String PID = "io.drawbridge.federation.ruling";

    private static final String CERTIFICATE = "certificate";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<RulingConfig> settings = Settings.read(RulingConfig.class, pid, properties);
        RulingConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        String given = config.certificate().isBlank() ? Kind.instance(pid) : config.certificate();
        Optional<Entry> entry = flaws.fingerprint(CERTIFICATE, given)
                .map(certificate -> new RulingEntry(pid, certificate, config.ruling()));
        return new Reading(entry, flaws.found(), settings.unknownKeys());
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        RulingEntry other = draft.rulings.get(certificate);
        if (other != null) {
            flaws.add(CERTIFICATE, certificate, "has a ruling already, " + other.pid() + "; a certificate has one");
        }
    }

    @Override
    public void enter(Draft draft) {
        draft.rulings.putIfAbsent(certificate, this);
    }
}
