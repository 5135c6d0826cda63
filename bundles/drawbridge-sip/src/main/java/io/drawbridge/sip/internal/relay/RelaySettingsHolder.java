// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

/** Knows the limits and timers in force, and counts what broke them; a service within this bundle, which reads {@code io.drawbridge.sip} once. */
public interface RelaySettingsHolder {
    /** Returns the settings in force. Thread-safe. */
    RelaySettings settings();

    /** Returns what is counted of the messages these settings limit. Thread-safe. */
    RelayCounters counters();
}
