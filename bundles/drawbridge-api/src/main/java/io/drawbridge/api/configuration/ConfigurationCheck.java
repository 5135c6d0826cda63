// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tries a change before it is made, so that whoever edits configuration is told at once. Registered by the readers of
 * configuration.
 */
@ConsumerType
public interface ConfigurationCheck {
    /**
     * Judges the configuration as it would be after the change; changes nothing.
     *
     * @param changes by PID, factory instances as {@code factoryPid~name}: the new properties, or empty for a deletion;
     *     PIDs this reader does not know are ignored
     * @return what would be refused; empty if the change is fine
     */
    List<InvalidSetting> check(Map<String, Optional<Map<String, Object>>> changes);
}
