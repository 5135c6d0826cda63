// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line, in either direction (RFC 1459 section 2.3.1, IRCv3 message-tags).
 *
 * @param tags the tags by key, unescaped
 * @param source who it is from: {@code nick!user@host} or a server; empty if not said
 * @param command a word or three digits, in upper case
 * @param params the parameters; only the last may hold spaces or be empty
 */
public record Line(Map<String, String> tags, String source, String command, List<String> params) {
    /** How many octets the tags of a line may have, the {@code @} and the space included (IRCv3 message-tags). */
    public static final int LONGEST_TAGS = 8191;

    /** How many octets the rest may have, CR LF included, unless the server says otherwise (RFC 1459 section 2.3). */
    public static final int LONGEST_REST = 512;

    private static final int MOST_TAGS = 128;

    /** Copies the collections. */
    public Line {
        tags = Map.copyOf(tags);
        params = List.copyOf(params);
    }

    /** Returns a line to be sent. */
    public static Line of(String command, String... params) {
        return new Line(Map.of(), "", command, List.of(params));
    }

    /** Returns the same with one more tag. */
    public Line tagged(String key, String value) {
        Map<String, String> more = new HashMap<>(tags);
        more.put(key, value);
        return new Line(more, source, command, params);
    }

    /** Reads a line without its end; empty if it is none. */
    public static Optional<Line> parse(String text) {
        Scanner scanner = new Scanner(text);
        Map<String, String> tags = text.startsWith("@") ? tags(scanner.word().substring(1)) : Map.of();
        String source = scanner.startsWith(':') ? scanner.word().substring(1) : "";
        String command = scanner.word();
        if (!command.matches("[A-Za-z]{1,32}|[0-9]{3}")) {
            return Optional.empty();
        }
        List<String> params = new ArrayList<>();
        while (!scanner.atEnd()) {
            params.add(scanner.startsWith(':') ? scanner.rest().substring(1) : scanner.word());
        }
        return Optional.of(new Line(tags, source, command.toUpperCase(Locale.ROOT), params));
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : text.split(";", MOST_TAGS + 1)) {
            int equals = tag.indexOf('=');
            String key = equals < 0 ? tag : tag.substring(0, equals);
            if (!key.isEmpty() && tags.size() < MOST_TAGS) {
                tags.put(key, equals < 0 ? "" : unescaped(tag.substring(equals + 1)));
            }
        }
        return tags;
    }

    private static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (++i < value.length()) {
                plain.append(
                        switch (value.charAt(i)) {
                            case ':' -> ';';
                            case 's' -> ' ';
                            case 'r' -> '\r';
                            case 'n' -> '\n';
                            default -> value.charAt(i);
                        });
            }
        }
        return plain.toString();
    }

    /** Returns the nick of a person it is from, or the server's name. */
    public String nick() {
        int end = source.indexOf('!');
        return end < 0 ? source : source.substring(0, end);
    }

    /** Returns whether it is from a person and not from a server. */
    public boolean isFromPerson() {
        return source.indexOf('!') > 0;
    }

    /** Returns a parameter; empty if there are not so many. */
    public String param(int index) {
        return index < params.size() ? params.get(index) : "";
    }

    /** Returns the last parameter; empty without any. */
    public String last() {
        return params.isEmpty() ? "" : params.get(params.size() - 1);
    }

    /** Returns the value of a tag. */
    public Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key));
    }

    /**
     * Returns what goes over the wire, without CR LF. Whatever came from people comes through here, so that nobody can
     * smuggle in a second line or parameter.
     *
     * @throws IllegalArgumentException if a part would break out of its place
     */
    public String text() {
        StringBuilder text = new StringBuilder(128);
        if (!tags.isEmpty()) {
            char before = '@';
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                requirePlain(tag.getKey() + tag.getValue());
                text.append(before).append(tag.getKey()).append('=').append(tag.getValue());
                before = ';';
            }
            text.append(' ');
        }
        requirePlain(command);
        text.append(command);
        for (int i = 0; i < params.size(); i++) {
            append(text, params.get(i), i == params.size() - 1);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String param, boolean isLast) {
        boolean isWord = !param.isEmpty() && param.charAt(0) != ':' && param.indexOf(' ') < 0;
        if (!isWord && !isLast) {
            throw new IllegalArgumentException(
                    "only the last parameter may be empty, begin with a colon or hold spaces");
        }
        if (param.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("a parameter holds no end of line");
        }
        text.append(isWord ? " " : " :").append(param);
    }

    private static void requirePlain(String word) {
        if (!word.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ';' && c != '\\')) {
            throw new IllegalArgumentException("a tag or command holds letters, digits and signs only");
        }
    }

    /** Reads words from the front of a text. */
    private static final class Scanner {
        private final String text;
        private int position;

        Scanner(String text) {
            this.text = text;
            skipSpaces();
        }

        boolean atEnd() {
            return position >= text.length();
        }

        boolean startsWith(char c) {
            return !atEnd() && text.charAt(position) == c;
        }

        String word() {
            int end = text.indexOf(' ', position);
            String word = text.substring(position, end < 0 ? text.length() : end);
            position += word.length();
            skipSpaces();
            return word;
        }

        String rest() {
            String rest = text.substring(position);
            position = text.length();
            return rest;
        }

        private void skipSpaces() {
            while (startsWith(' ')) {
                position++;
            }
        }
    }
}
