// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.change;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A configuration value that holds a list, in any of the forms Config Admin has for it. */
public final class Words {
    private Words() {}

    /** Returns the items; null has none. */
    public static List<String> of(Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Object::toString).toList();
        }
        if (value instanceof String[] array) {
            return List.of(array);
        }
        return Arrays.stream(value.toString().split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Returns the items as one text, the form that .cfg files hold. */
    public static String text(List<String> items) {
        return String.join(", ", items);
    }
}
