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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values of one configuration as the audit keeps them, so that it can show the old beside the new. A secret is kept
 * as a fingerprint only: that it changed can be told, what it was cannot.
 */
final class Remembered {
    static final Remembered NOTHING = new Remembered(Map.of(), "");

    private static final String FILE = "felix.fileinstall.filename";
    private static final String HIDDEN = "***";
    private static final int LONGEST = 256;
    private static final Pattern CONTAINER_KEY = Pattern.compile("(service|felix\\.fileinstall|component)\\..*");
    // A leading dot keeps a property private in Declarative Services, which is done for secrets alone.
    private static final Pattern SECRET_KEY = Pattern.compile(
            "\\..*|.*(password|passwd|secret|credential|token|private|passphrase|keypass|storepass|ha1).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_VALUE = Pattern.compile("(?s).*PRIVATE KEY-----.*");

    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final Map<String, Value> values;
    private final String file;

    private Remembered(Map<String, Value> values, String file) {
        this.values = values;
        this.file = file;
    }

    /** Takes the values of a configuration; null is taken as none. */
    static Remembered of(Dictionary<String, Object> properties) {
        Map<String, Value> values = new HashMap<>();
        if (properties != null) {
            for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                if (!CONTAINER_KEY.matcher(key).matches()) {
                    Object value = properties.get(key);
                    // Nothing beside the key is the same as no key.
                    if (!text(value).isEmpty()) {
                        values.put(key, Value.of(key, value));
                    }
                }
            }
        }
        Object path = properties == null ? null : properties.get(FILE);
        return new Remembered(values, path == null ? "" : path.toString().replaceFirst(".*/", ""));
    }

    /** Returns the name of the file it came from; empty if it came from none. */
    String file() {
        return file;
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

    /** A list reads the same whether the shell made it or a file, where it is one text. */
    private static String text(Object value) {
        Stream<?> items;
        if (value instanceof Collection<?> collection) {
            items = collection.stream();
        } else if (value.getClass().isArray()) {
            items = IntStream.range(0, Array.getLength(value)).mapToObj(at -> Array.get(value, at));
        } else {
            items = COMMA.splitAsStream(value.toString().strip());
        }
        return items.map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** A value as it may be shown, and a hash of it as it is. */
    private record Value(String shown, int hash) {
        static Value of(String key, Object given) {
            String text = text(given);
            if (SECRET_KEY.matcher(key).matches() || SECRET_VALUE.matcher(text).matches()) {
                // A secret has no list in it: each comma and blank counts.
                return new Value(HIDDEN, (given instanceof String exact ? exact : text).hashCode());
            }
            return new Value(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text, text.hashCode());
        }
    }
}
