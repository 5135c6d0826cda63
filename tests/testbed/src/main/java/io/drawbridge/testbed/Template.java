// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A configuration file or scenario with places such as <code>${port}</code> to be filled in. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** Reads a template that lies beside a class. */
    public static Template beside(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(name + " is not beside " + owner);
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the file.
     *
     * @param values for every place
     * @throws IllegalArgumentException if a place has no value
     */
    public Path fill(Path file, Map<String, ?> values) {
        String filled = PLACE.matcher(text).replaceAll(place -> {
            Object value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException(file + ": no value for " + place.group());
            }
            return Matcher.quoteReplacement(value.toString());
        });
        try {
            return Files.writeString(file, filled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
