// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

/**
 * A configuration value that was refused. The last good configuration stays in force.
 */
public final class InvalidSetting extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pid;
    private final String key;
    private final String value;
    private final String rule;

    /**
     * Names everything an administrator needs to mend it.
     *
     * @param pid the PID, with the factory instance's name
     * @param key the key within it
     * @param value what it held; {@code ***} for a secret
     * @param rule what a valid value looks like, as a sentence without a full stop
     */
    public InvalidSetting(String pid, String key, String value, String rule) {
        super(pid + ": " + key + "=" + value + ": " + rule);
        this.pid = pid;
        this.key = key;
        this.value = value;
        this.rule = rule;
    }

    /** Returns the PID. */
    public String pid() {
        return pid;
    }

    /** Returns the key. */
    public String key() {
        return key;
    }

    /** Returns the refused value, {@code ***} for a secret. */
    public String value() {
        return value;
    }

    /** Returns what a valid value looks like. */
    public String rule() {
        return rule;
    }
}
