// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A SIP message as its lines. A proxy edits this and not the parsed form, so that what it has no business with leaves
 * octet for octet as it came (RFC 3261 section 16.6): repeated parameters, odd spelling, headers nobody knows.
 *
 * <p>Not thread-safe.
 */
public final class SipText {
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("v", "via"),
            Map.entry("f", "from"),
            Map.entry("t", "to"),
            Map.entry("i", "call-id"),
            Map.entry("m", "contact"),
            Map.entry("l", "content-length"),
            Map.entry("c", "content-type"),
            Map.entry("e", "content-encoding"),
            Map.entry("k", "supported"),
            Map.entry("s", "subject"),
            Map.entry("o", "event"),
            Map.entry("u", "allow-events"),
            Map.entry("r", "refer-to"),
            Map.entry("b", "referred-by"),
            Map.entry("x", "session-expires"));

    private final List<Line> lines;
    private final byte[] body;
    private String startLine;

    private SipText(String startLine, List<Line> lines, byte[] body) {
        this.startLine = startLine;
        this.lines = lines;
        this.body = body;
    }

    /**
     * Splits a message into lines.
     *
     * @throws MalformedMessage if there is no end of the headers or a line is no header
     */
    public static SipText of(byte[] message) throws MalformedMessage {
        List<String> raw = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = start;
            while (end < message.length && message[end] != '\n') {
                end++;
            }
            if (end == message.length) {
                throw new MalformedMessage("No End Of Headers");
            }
            int length = end > start && message[end - 1] == '\r' ? end - 1 - start : end - start;
            String line = new String(message, start, length, StandardCharsets.ISO_8859_1);
            start = end + 1;
            if (line.isEmpty()) {
                break;
            }
            raw.add(line);
        }
        if (raw.isEmpty()) {
            throw new MalformedMessage("No Start Line");
        }
        return new SipText(raw.get(0), unfold(raw), Arrays.copyOfRange(message, start, message.length));
    }

    /** Returns a copy that is edited independently. */
    public SipText copy() {
        return new SipText(startLine, new ArrayList<>(lines), body);
    }

    /** Returns the first line. */
    public String startLine() {
        return startLine;
    }

    /** Replaces the first line. */
    public void startLine(String line) {
        startLine = singleLine(line);
    }

    /** Returns the body; the caller does not change it. */
    public byte[] body() {
        return body;
    }

    /** Returns how many lines carry a header of this name, in any spelling. */
    public int count(String name) {
        String wanted = canonical(name);
        int count = 0;
        for (Line line : lines) {
            if (line.name.equals(wanted)) {
                count++;
            }
        }
        return count;
    }

    /** Returns the value of the first line of this name. */
    public Optional<String> value(String name) {
        int at = indexOf(canonical(name));
        return at < 0 ? Optional.empty() : Optional.of(lines.get(at).value());
    }

    /** Returns the lines of this name as they came, name included. */
    public List<String> lines(String name) {
        String wanted = canonical(name);
        return lines.stream()
                .filter(line -> line.name.equals(wanted))
                .map(Line::text)
                .toList();
    }

    /** Puts a header before the first of its name, or on top if there is none. */
    public void prepend(String name, String value) {
        lines.add(Math.max(indexOf(canonical(name)), 0), line(name, value));
    }

    /** Replaces the first header of this name and drops the others; adds it if there is none. */
    public void set(String name, String value) {
        int at = indexOf(canonical(name));
        remove(name);
        lines.add(at < 0 ? lines.size() : at, line(name, value));
    }

    /** Adds a header behind all others. */
    public void append(String name, String value) {
        lines.add(line(name, value));
    }

    /** Drops every header of this name. */
    public void remove(String name) {
        String unwanted = canonical(name);
        lines.removeIf(line -> line.name.equals(unwanted));
    }

    /** Drops the first value of a header whose values are separated by commas (RFC 3261 section 7.3.1). */
    public void removeFirstValue(String name) {
        int at = indexOf(canonical(name));
        if (at >= 0) {
            String rest = afterFirstValue(lines.get(at).value());
            if (rest.isEmpty()) {
                lines.remove(at);
            } else {
                lines.set(at, line(name, rest));
            }
        }
    }

    /** Replaces the first value of a header whose values are separated by commas. */
    public void replaceFirstValue(String name, String value) {
        removeFirstValue(name);
        prepend(name, value);
    }

    /**
     * Makes a final response to this request, of its lines alone (RFC 3261 section 8.2.6.2).
     *
     * @param tag of To, empty if it has one
     * @param headers further header lines without line breaks
     */
    byte[] answer(int status, String reason, String tag, String... headers) {
        StringBuilder reply = new StringBuilder(512)
                .append("SIP/2.0 ")
                .append(status)
                .append(' ')
                .append(singleLine(reason))
                .append("\r\n");
        for (Line line : lines) {
            switch (line.name) {
                case "via", "from", "call-id", "cseq" -> reply.append(line.text).append("\r\n");
                case "to" -> {
                    reply.append(line.text);
                    if (!tag.isEmpty()) {
                        reply.append(";tag=").append(tag);
                    }
                    reply.append("\r\n");
                }
                default -> {}
            }
        }
        for (String header : headers) {
            reply.append(header).append("\r\n");
        }
        return reply.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the message as it goes on the wire; Content-Length is the sender's and fits the body still. */
    public byte[] bytes() {
        StringBuilder head = new StringBuilder(startLine).append("\r\n");
        for (Line line : lines) {
            head.append(line.text).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length() + body.length);
        out.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static List<Line> unfold(List<String> raw) throws MalformedMessage {
        List<Line> lines = new ArrayList<>(raw.size());
        for (String text : raw.subList(1, raw.size())) {
            if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                if (lines.isEmpty()) {
                    throw new MalformedMessage("Folded Start Line");
                }
                Line previous = lines.remove(lines.size() - 1);
                lines.add(new Line(previous.name, previous.text + "\r\n" + text));
            } else {
                int colon = text.indexOf(':');
                if (colon < 1) {
                    throw new MalformedMessage("Header Without Colon");
                }
                lines.add(new Line(canonical(text.substring(0, colon).strip()), text));
            }
        }
        return lines;
    }

    private static Line line(String name, String value) {
        return new Line(canonical(name), name + ": " + singleLine(value));
    }

    private static String singleLine(String text) {
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a header cannot hold a line break");
        }
        return text;
    }

    private int indexOf(String name) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String afterFirstValue(String value) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '<' || c == '>')) {
                bracketed = c == '<';
            } else if (c == ',' && !quoted && !bracketed) {
                return value.substring(i + 1).strip();
            }
        }
        return "";
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 ? lower : COMPACT.getOrDefault(lower, lower);
    }

    /**
     * A header with its folded lines.
     *
     * @param name in lower case and long form
     * @param text as on the wire, without the last line break
     */
    private record Line(String name, String text) {
        String value() {
            String value = text.substring(text.indexOf(':') + 1).strip();
            return value.indexOf('\n') < 0 ? value : value.replace("\r\n", " ");
        }
    }
}
