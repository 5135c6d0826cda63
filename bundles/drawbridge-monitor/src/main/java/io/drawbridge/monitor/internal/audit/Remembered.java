// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.audit;

import io.drawbridge.api.audit.AuditEntry.Change;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The values of one configuration as the audit keeps them, so that it can show the old beside the new. A secret is kept
 * as a fingerprint only: that it changed can be told, what it was cannot.
 */
final class Remembered {
    static final Remembered NOTHING = new Remembered(Map.of());

    private static final String HIDDEN = "***";
    private static final int LONGEST = 256;
    private static final Pattern CONTAINER_KEY = Pattern.compile("(service|felix\\.fileinstall|component)\\..*");
    // A leading dot keeps a property private in Declarative Services, which is done for secrets alone.
    private static final Pattern SECRET_KEY = Pattern.compile(
            "\\..*|.*(password|passwd|secret|credential|token|private|passphrase|keypass|storepass|ha1).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_VALUE = Pattern.compile("(?s).*PRIVATE KEY-----.*");

    private final Map<String, Value> values;

    private Remembered(Map<String, Value> values) {
        this.values = values;
    }

    /** Takes the values of a configuration; null is taken as none. */
    static Remembered of(Dictionary<String, Object> properties) {
        Map<String, Value> values = new HashMap<>();
        if (properties != null) {
            for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                if (!CONTAINER_KEY.matcher(key).matches()) {
                    values.put(key, Value.of(key, text(properties.get(key))));
                }
            }
        }
        return new Remembered(values);
    }

    /** Returns what is different now, by key. */
    List<Change> changesTo(Remembered now) {
        List<Change> changes = new ArrayList<>();
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(now.values.keySet());
        for (String key : keys) {
            Value before = values.get(key);
            Value after = now.values.get(key);
            if (!Objects.equals(before, after)) {
                changes.add(new Change(key, shown(before), shown(after)));
            }
        }
        return changes;
    }

    private static String shown(Value value) {
        return value == null ? "" : value.shown;
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.toString();
        }
        if (value.getClass().isArray()) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(Array.get(value, i));
            }
            return items.toString();
        }
        return value.toString();
    }

    /** A value as it may be shown, and a hash of it as it is. */
    private record Value(String shown, int hash) {
        static Value of(String key, String text) {
            if (SECRET_KEY.matcher(key).matches() || SECRET_VALUE.matcher(text).matches()) {
                return new Value(HIDDEN, text.hashCode());
            }
            return new Value(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text, text.hashCode());
        }
    }
}
