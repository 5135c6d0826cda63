// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that cannot be read and are left out: the first few by name, and how many more. For one thread. */
final class Unreadable {
    private static final int MOST_NAMED = 10;

    private final Map<Row, String> named = new LinkedHashMap<>();
    private int more;

    /**
     * A row by its key.
     *
     * @param table its table
     * @param first the first column of the key
     * @param second the other one; empty for every row with the first
     */
    record Row(String table, String first, String second) {
        private boolean covers(Row other) {
            return table.equals(other.table)
                    && first.equals(other.first)
                    && (second.isEmpty() || second.equals(other.second));
        }
    }

    /** Adds a row, with what is to be said of it. */
    void add(Row row, String said) {
        if (named.size() < MOST_NAMED) {
            named.put(row, said);
        } else {
            more++;
        }
    }

    /** These rows were written anew, or deleted. */
    void replaced(Collection<Row> rows) {
        if (!named.isEmpty()) {
            rows.forEach(row -> named.keySet().removeIf(row::covers));
        }
    }

    /** Returns what is to be said. */
    List<String> said() {
        List<String> said = new ArrayList<>(named.values());
        if (more > 0) {
            said.add("and " + more + " more");
        }
        return List.copyOf(said);
    }
}
