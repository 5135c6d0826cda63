// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.shell;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.converter.DefaultConverter;

/**
 * Options that follow the arguments, as in {@code domains allow fabrikam.example --proxy sip.fabrikam.example}. Karaf
 * takes options only before the first argument and hands on the rest as words; here they reach the same fields, by the
 * same annotations, so that help and completion have one source.
 */
public final class TrailingOptions {
    private TrailingOptions() {}

    /**
     * Sets the fields of the options among the words.
     *
     * @return the words that are no options, in their order
     * @throws CommandException for an unknown option, a missing or a wrong value
     */
    public static List<String> apply(Action action, List<String> words) throws CommandException {
        Map<String, Field> options = options(action.getClass());
        List<String> operands = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.startsWith("--")) {
                set(action, options, word, rest);
            } else {
                operands.add(word);
            }
        }
        return operands;
    }

    /** Returns the options of a command by name and alias, those of its superclasses too. */
    public static Map<String, Field> options(Class<?> action) {
        Map<String, Field> options = new LinkedHashMap<>();
        for (Class<?> type = action; type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Option option = field.getAnnotation(Option.class);
                if (option != null) {
                    options.put(option.name(), field);
                    Arrays.stream(option.aliases()).forEach(alias -> options.put(alias, field));
                }
            }
        }
        return options;
    }

    private static void set(Action action, Map<String, Field> options, String word, Iterator<String> rest)
            throws CommandException {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Field field = options.get(name);
        if (field == null) {
            throw new CommandException(
                    "unknown option " + name + "; the options are " + String.join(", ", options.keySet()));
        }
        Object value;
        if (equals >= 0) {
            value = word.substring(equals + 1);
        } else if (field.getType() == boolean.class) {
            value = true;
        } else if (rest.hasNext()) {
            value = rest.next();
        } else {
            throw new CommandException("the option " + name + " needs a value");
        }
        try {
            field.setAccessible(true);
            field.set(
                    action,
                    new DefaultConverter(action.getClass().getClassLoader())
                            .convert(cased(field, value), field.getGenericType()));
        } catch (Exception wrong) {
            throw new CommandException("the option " + name + " cannot be '" + value + "'" + instead(field), wrong);
        }
    }

    private static String instead(Field field) {
        Object[] words = field.getType().getEnumConstants();
        return words == null
                ? ""
                : "; it is one of " + Arrays.stream(words).map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Words of an enumeration are taken in any case, as the configuration takes them. */
    private static Object cased(Field field, Object value) {
        return field.getType().isEnum() ? value.toString().toUpperCase(Locale.ROOT) : value;
    }
}
