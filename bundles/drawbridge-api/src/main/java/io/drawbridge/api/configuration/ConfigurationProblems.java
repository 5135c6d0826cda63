// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered by every component that reads configuration: what it refused and has not yet been given better. */
@ConsumerType
public interface ConfigurationProblems {
    /** Returns the refused settings that still stand in Config Admin; empty if all is well. Thread-safe. */
    List<InvalidSetting> problems();
}
