// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.List;

/** A change of configuration that a reader of it does not accept. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidSetting> settings;

    /** Names the settings that are not accepted. */
    public Refused(List<InvalidSetting> settings) {
        super(settings.get(0).getMessage());
        this.settings = List.copyOf(settings);
    }

    /** Returns the settings that are not accepted. */
    public List<InvalidSetting> settings() {
        return settings;
    }
}
