// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads headers of a bundle's manifest (OSGi Core 8, section 3.2.3). */
final class Headers {
    /** A clause ends at a comma outside of quotes. */
    private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    /** A part of a clause ends at a semicolon outside of quotes. */
    private static final String SEMICOLON = ";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    private Headers() {}

    /** Returns what follows each path of a header; several paths of one clause have the same. */
    static Map<String, String> clauses(String header) {
        Map<String, String> clauses = new LinkedHashMap<>();
        for (String clause : header.split(COMMA, -1)) {
            for (String part : clause.split(SEMICOLON, -1)) {
                if (!part.contains("=") && !part.isBlank()) {
                    clauses.put(part.strip(), clause);
                }
            }
        }
        return clauses;
    }
}
