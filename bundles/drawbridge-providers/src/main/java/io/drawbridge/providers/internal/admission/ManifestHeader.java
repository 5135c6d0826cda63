// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads headers of a bundle's manifest (OSGi Core 8, section 3.2.3), and nothing that is written otherwise: the container
 * reads on where a quote or a backslash stands at a wrong place, and would find other names there.
 */
public final class ManifestHeader {
    private static final String BETWEEN_WORDS = ",;:=\"\\";
    private static final String BETWEEN_ARGUMENTS = ",;\"\\";

    private final String text;
    private int at;

    private ManifestHeader(String text) {
        this.text = text;
    }

    /**
     * What a header says of a path.
     *
     * @param attributes attributes by name, whatever their type
     * @param directives directives by name
     */
    public record Clause(Map<String, String> attributes, Map<String, String> directives) {
        /** Copies the maps. */
        public Clause {
            attributes = Map.copyOf(attributes);
            directives = Map.copyOf(directives);
        }

        /** Returns whether it says of an import that it may stay without. */
        public boolean isOptional() {
            return "optional".equals(directives.get("resolution"));
        }
    }

    /**
     * Returns what a header says of each path; several paths of one clause have the same.
     *
     * @throws IllegalArgumentException if it is not written as the specification says
     */
    public static Map<String, Clause> clauses(String header) {
        return header.isBlank() ? Map.of() : new ManifestHeader(header).clauses();
    }

    /** Returns what a header says of each path; empty if it is not written as the specification says. */
    static Optional<Map<String, Clause>> read(String header) {
        try {
            return Optional.of(clauses(header));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Map<String, Clause> clauses() {
        Map<String, Clause> all = new LinkedHashMap<>();
        do {
            clause(all);
        } while (accept(','));
        require(at == text.length());
        return all;
    }

    private void clause(Map<String, Clause> all) {
        List<String> paths = new ArrayList<>();
        Map<String, String> attributes = new HashMap<>();
        Map<String, String> directives = new HashMap<>();
        do {
            String word = until(BETWEEN_WORDS);
            require(!word.isEmpty());
            if (accept('=')) {
                require(attributes.put(word, argument()) == null);
            } else if (!accept(':')) {
                paths.add(word);
            } else if (accept('=')) {
                require(directives.put(word, argument()) == null);
            } else {
                require(!until(BETWEEN_WORDS).isEmpty() && accept('='));
                require(attributes.put(word, argument()) == null);
            }
        } while (accept(';'));
        Clause clause = new Clause(attributes, directives);
        paths.forEach(path -> all.put(path, clause));
    }

    private String argument() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return accept('"') ? quoted() : until(BETWEEN_ARGUMENTS);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (!accept('"')) {
            accept('\\');
            require(at < text.length());
            value.append(text.charAt(at++));
        }
        require(until(BETWEEN_WORDS).isEmpty());
        return value.toString();
    }

    private String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private boolean accept(char c) {
        boolean accepted = at < text.length() && text.charAt(at) == c;
        at += accepted ? 1 : 0;
        return accepted;
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a header of a manifest: at character " + at);
        }
    }
}
