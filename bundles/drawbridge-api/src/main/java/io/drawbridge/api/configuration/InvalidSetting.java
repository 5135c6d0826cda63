// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration value that was refused. The last good configuration stays in force. Whatever else is wrong with the
 * same configuration comes along, so that everything can be mended at once.
 */
public final class InvalidSetting extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pid;
    private final String key;
    private final String value;
    private final String rule;
    private final transient List<InvalidSetting> others;

    /**
     * Names everything an administrator needs to mend it.
     *
     * @param pid the PID, with the factory instance's name
     * @param key the key within it
     * @param value what it held; {@code ***} for a secret
     * @param rule what a valid value looks like, as a sentence without a full stop
     */
    public InvalidSetting(String pid, String key, String value, String rule) {
        this(pid, key, value, rule, List.of());
    }

    private InvalidSetting(String pid, String key, String value, String rule, List<InvalidSetting> others) {
        super(pid + ": " + key + (value.isEmpty() ? "" : "=" + value) + ": " + rule);
        this.pid = pid;
        this.key = key;
        this.value = value;
        this.rule = rule;
        this.others = List.copyOf(others);
    }

    /**
     * Returns the same with what else is wrong.
     *
     * @param more settings of the same configuration, in the order to be told in
     */
    public InvalidSetting with(List<InvalidSetting> more) {
        List<InvalidSetting> all = new ArrayList<>(others);
        all.addAll(more);
        InvalidSetting together = new InvalidSetting(pid, key, value, rule, all);
        together.setStackTrace(getStackTrace());
        return together;
    }

    /** Returns everything that is wrong, this setting first. */
    public List<InvalidSetting> all() {
        List<InvalidSetting> all = new ArrayList<>(List.of(this));
        all.addAll(others);
        return List.copyOf(all);
    }

    /** Returns everything that is wrong as one sentence. */
    public String explanation() {
        return all().stream().map(Throwable::getMessage).collect(Collectors.joining("; "));
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
