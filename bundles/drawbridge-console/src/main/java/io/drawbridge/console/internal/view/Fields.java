// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values, one to a line; what has no value is left out. */
final class Fields {
    private final Map<String, String> values = new LinkedHashMap<>();

    Fields add(String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, value);
        }
        return this;
    }

    String text(int width) {
        int names = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        String indent = "\n" + " ".repeat(names + 2);
        values.forEach((name, value) -> text.append(name)
                .append(':')
                .append(" ".repeat(names - name.length() + 1))
                .append(String.join(indent, Prose.lines(Table.printable(value), width - names - 2)))
                .append('\n'));
        return text.toString();
    }
}
