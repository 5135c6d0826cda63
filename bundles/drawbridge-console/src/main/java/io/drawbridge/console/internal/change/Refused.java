// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.List;

/** A change of configuration that a reader of it does not accept. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<InvalidSetting> settings;
    private final boolean stored;

    private Refused(List<InvalidSetting> settings, boolean stored) {
        super(settings.get(0).getMessage());
        this.settings = List.copyOf(settings);
        this.stored = stored;
    }

    /** Names the settings that kept a change from being made. */
    static Refused beforehand(List<InvalidSetting> settings) {
        return new Refused(settings, false);
    }

    /** Names the settings that were stored, and that their reader then did not take. */
    static Refused afterwards(List<InvalidSetting> settings) {
        return new Refused(settings, true);
    }

    /** Returns the settings that are not accepted. */
    public List<InvalidSetting> settings() {
        return settings;
    }

    /** Returns whether the configuration holds the change although it does not act. */
    public boolean stored() {
        return stored;
    }
}
