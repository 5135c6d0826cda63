// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.core.internal.safeguards.Rulings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps rulings in Config Admin, one instance of {@code io.drawbridge.federation.ruling} for each certificate.
 *
 * @param configurations Config Admin
 */
public record StoredRulings(ConfigurationAdmin configurations) implements Rulings {
    @Override
    public void keep(String certificate, WatchedPeer.Ruling ruling, String comment) {
        try {
            Configuration instance = configurations.getFactoryConfiguration(RulingEntry.PID, certificate, "?");
            if (ruling == WatchedPeer.Ruling.NONE) {
                instance.delete();
            } else {
                instance.update(FrameworkUtil.asDictionary(
                        Map.of("certificate", certificate, "ruling", ruling.name(), "comment", comment)));
            }
        } catch (IOException full) {
            throw new UncheckedIOException("the ruling on " + certificate + " cannot be kept", full);
        }
    }
}
