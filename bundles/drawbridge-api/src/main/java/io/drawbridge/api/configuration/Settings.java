// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.configuration;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Configuration of one PID, read by its metatype. The metatype is the one source of a setting's type, default, range
 * and documentation: what the reference and the console show is what is enforced here.
 *
 * <p>Values may have their type already ({@code .config} files, the console) or be text ({@code .cfg} files); a list in
 * text is separated by commas. The name of an enum's constant may be written without underscores and in any case, so
 * that {@code AlwaysVerifiable} means {@code ALWAYS_VERIFIABLE}.
 *
 * @param <T> the annotation type that carries {@code @ObjectClassDefinition}
 * @param value the settings; every method answers with a valid value or, where allowed, the default
 * @param unknownKeys keys that no such setting exists for; they had no effect
 */
public record Settings<T>(T value, List<InvalidSetting> unknownKeys) {
    private static final List<String> CONTAINER_KEYS =
            List.of("service.", "felix.fileinstall.", "component.", "osgi.ds.");
    private static final String HIDDEN = "***";

    /** Copies the list. */
    public Settings {
        unknownKeys = List.copyOf(unknownKeys);
    }

    /**
     * Reads and checks all settings of a PID.
     *
     * @param definition the annotation type; its bundle holds the metatype that was generated from it
     * @param pid names the configuration in messages, with the factory instance's name
     * @param properties as Config Admin gives them
     * @throws InvalidSetting if a setting is missing, has the wrong type or lies out of range; with all that do and
     *     with the unknown keys
     */
    public static <T> Settings<T> read(Class<T> definition, String pid, Map<String, ?> properties)
            throws InvalidSetting {
        Metatype metatype = Metatype.of(definition);
        Map<String, Object> answers = new HashMap<>();
        List<InvalidSetting> wrong = new ArrayList<>();
        for (Method method : definition.getDeclaredMethods()) {
            Metatype.Attribute attribute = metatype.attribute(Metatype.key(method.getName()));
            try {
                answers.put(method.getName(), answer(method, attribute, pid, properties.get(attribute.key())));
            } catch (InvalidSetting invalid) {
                wrong.add(invalid);
            }
        }
        List<InvalidSetting> unknownKeys = unknown(metatype, pid, properties);
        if (!wrong.isEmpty()) {
            wrong.sort(Comparator.comparing(InvalidSetting::key));
            wrong.addAll(unknownKeys);
            throw wrong.get(0).with(wrong.subList(1, wrong.size()));
        }
        return new Settings<>(definition.cast(proxy(definition, pid, answers)), unknownKeys);
    }

    private static Object proxy(Class<?> definition, String pid, Map<String, Object> answers) {
        return Proxy.newProxyInstance(
                definition.getClassLoader(), new Class<?>[] {definition}, (self, method, arguments) -> {
                    if (answers.containsKey(method.getName())) {
                        return answers.get(method.getName());
                    }
                    return switch (method.getName()) {
                        case "toString" -> pid;
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> definition;
                    };
                });
    }

    private static List<InvalidSetting> unknown(Metatype metatype, String pid, Map<String, ?> properties) {
        List<InvalidSetting> unknown = new ArrayList<>();
        for (Map.Entry<String, ?> entry : properties.entrySet()) {
            String key = entry.getKey();
            if (!metatype.keys().contains(key) && CONTAINER_KEYS.stream().noneMatch(key::startsWith)) {
                String known = metatype.keys().stream().sorted().collect(Collectors.joining(", "));
                unknown.add(new InvalidSetting(pid, key, HIDDEN, "no such key; it had no effect. Keys are: " + known));
            }
        }
        return unknown;
    }

    private static Object answer(Method method, Metatype.Attribute attribute, String pid, Object given)
            throws InvalidSetting {
        Class<?> type = method.getReturnType();
        List<Object> items = items(given, type.isArray());
        if (items.isEmpty()) {
            Object fallback = method.getDefaultValue();
            if (fallback == null) {
                throw new InvalidSetting(pid, attribute.key(), "", "is required");
            }
            return fallback;
        }
        Class<?> single = type.isArray() ? type.getComponentType() : type;
        Object array = Array.newInstance(single, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, convert(items.get(i), single, attribute, pid));
        }
        if (!type.isArray() && items.size() > 1) {
            throw new InvalidSetting(pid, attribute.key(), shown(attribute, given), "takes one value");
        }
        return type.isArray() ? array : Array.get(array, 0);
    }

    private static List<Object> items(Object given, boolean many) {
        if (given == null) {
            return List.of();
        }
        if (given instanceof Collection<?> collection) {
            return List.copyOf(collection);
        }
        if (given.getClass().isArray()) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(given); i++) {
                items.add(Array.get(given, i));
            }
            return items;
        }
        if (given instanceof String text) {
            List<String> parts = many ? Arrays.asList(text.split(",", -1)) : List.of(text);
            return parts.stream()
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .map(Object.class::cast)
                    .toList();
        }
        return List.of(given);
    }

    private static Object convert(Object item, Class<?> type, Metatype.Attribute attribute, String pid)
            throws InvalidSetting {
        String text = item.toString().strip();
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw invalid(pid, attribute, text, "is true or false");
            };
        }
        if (type.isEnum()) {
            String folded = text.replace("_", "");
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().replace("_", "").equalsIgnoreCase(folded)) {
                    return constant;
                }
            }
            throw invalid(pid, attribute, text, "is one of " + words(type));
        }
        return number(text, type, attribute, pid);
    }

    private static String words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static Object number(String text, Class<?> type, Metatype.Attribute attribute, String pid)
            throws InvalidSetting {
        long number;
        try {
            number = type == int.class ? Integer.parseInt(text) : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw invalid(pid, attribute, text, "is a whole number");
        }
        if (number < attribute.min() || number > attribute.max()) {
            throw invalid(pid, attribute, text, attribute.range());
        }
        if (type == int.class) {
            return (int) number;
        }
        return number;
    }

    private static InvalidSetting invalid(String pid, Metatype.Attribute attribute, String value, String rule) {
        return new InvalidSetting(pid, attribute.key(), shown(attribute, value), rule);
    }

    private static String shown(Metatype.Attribute attribute, Object value) {
        return attribute.secret() ? HIDDEN : String.valueOf(value);
    }
}
