// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads headers of a bundle's manifest (OSGi Core 8, section 3.2.3). */
public final class ManifestHeader {
    private ManifestHeader() {}

    /** Returns the whole clause of each path in a header; several paths of one clause have the same. */
    public static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new LinkedHashMap<>();
        for (String clause : split(header, ',')) {
            split(clause, ';').stream()
                    .map(String::strip)
                    .filter(part -> !part.isEmpty() && part.indexOf('=') < 0)
                    .forEach(path -> clauses.put(path, clause));
        }
        return clauses;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && quoted) {
                at++; // what it escapes ends nothing
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
