// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.utils.json.JSONWriter;

/**
 * Values as one line of JSON: a record of the API by its components, so that programs see the names the API documents.
 * Times are ISO 8601 in UTC, durations milliseconds; a domain, an address and the like are text.
 */
public final class Json {
    private static final String API = "io.drawbridge.api.model.";
    private static final double NANOS_PER_MILLI = 1e6;

    private Json() {}

    /** Returns the value as JSON, without a line feed. */
    public static String text(Object value) {
        StringWriter text = new StringWriter();
        try {
            new JSONWriter(text).value(plain(value));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Json::plain).orElse(null);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, item) -> object.put(key.toString(), plain(item)));
            return object;
        }
        if (value instanceof Set<?> set) {
            // In an order that is the same each time.
            return set.stream()
                    .map(Json::plain)
                    .sorted(Comparator.comparing(Object::toString))
                    .toList();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Json::plain).toList();
        }
        if (value instanceof Duration duration) {
            return duration.toNanos() / NANOS_PER_MILLI;
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return value instanceof Record structure && hasParts(structure) ? parts(structure) : value.toString();
    }

    /** The small values of the model write themselves as people write them. */
    private static boolean hasParts(Record structure) {
        String name = structure.getClass().getName();
        return !name.startsWith(API) || name.endsWith("PeerIdentity");
    }

    private static Map<String, Object> parts(Record structure) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            try {
                object.put(component.getName(), plain(component.getAccessor().invoke(structure)));
            } catch (ReflectiveOperationException hidden) {
                throw new IllegalStateException(component + " cannot be read", hidden);
            }
        }
        return object;
    }
}
