// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import java.util.Optional;

/**
 * One key of a plug-in's configuration. Drawbridge checks what is written there before the plug-in sees it.
 *
 * @param key the key, in lowerCamelCase; that of a {@linkplain Type#SECRET secret} begins with a full stop, by which
 *     whoever shows configuration knows it for one
 * @param type what it holds
 * @param fallback what holds without it, as it would be written; empty if it must be written
 * @param description a sentence for the administrator: meaning, unit, effect
 */
public record Setting(String key, Type type, Optional<String> fallback, String description) {
    /**
     * Checks key and fallback.
     *
     * @throws IllegalArgumentException if the key has another form, or the fallback another type
     */
    public Setting {
        if (!key.matches(type == Type.SECRET ? "\\.[a-z][A-Za-z0-9]{0,63}" : "[a-z][A-Za-z0-9]{0,63}")) {
            throw new IllegalArgumentException(
                    key + ": a key is in lowerCamelCase; that of a secret begins with a full stop, no other does");
        }
        if (fallback.filter(text -> !type.accepts(text)).isPresent()) {
            throw new IllegalArgumentException(key + ": the fallback " + type.rule());
        }
    }

    /** Returns a setting that must be written. */
    public static Setting required(String key, Type type, String description) {
        return new Setting(key, type, Optional.empty(), description);
    }

    /** Returns a setting that need not be written. */
    public static Setting optional(String key, Type type, String fallback, String description) {
        return new Setting(key, type, Optional.of(fallback), description);
    }

    /** What a setting holds. */
    public enum Type {
        /** One line of text. */
        TEXT("is one line of text", "\\P{Cntrl}{0,1024}"),
        /** As {@link #TEXT}, and never shown to anybody. */
        SECRET("is one line of text", "\\P{Cntrl}{0,1024}"),
        /** A whole number of at most nine digits. */
        NUMBER("is a whole number", "-?[0-9]{1,9}"),
        /** Yes or no. */
        FLAG("is true or false", "true|false"),
        /** A host, or a host and a port. */
        SERVER("is a host or host:port", "[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");

        private final String rule;
        private final String form;

        Type(String rule, String form) {
            this.rule = rule;
            this.form = form;
        }

        /** Returns what a valid value looks like. */
        public String rule() {
            return rule;
        }

        /** Returns whether a value is valid. */
        public boolean accepts(String value) {
            return value.matches(form);
        }
    }
}
