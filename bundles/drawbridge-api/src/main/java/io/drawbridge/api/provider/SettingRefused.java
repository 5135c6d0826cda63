// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

/** A setting breaks a rule of the plug-in's own. */
public final class SettingRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * Names what an administrator needs to mend it.
     *
     * @param key the setting's key
     * @param rule what a valid value looks like, as a sentence without a full stop and without the value
     */
    public SettingRefused(String key, String rule) {
        super(rule);
        this.key = key;
    }

    /** Returns the setting's key. */
    public String key() {
        return key;
    }
}
