// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.lib.jainsip.XmlCharacters;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The text of the HTML that instant messaging clients send (interworking 3.5); nothing of the markup is kept. */
final class HtmlText {
    private static final Set<String> LINES = Set.of("br", "p", "div", "li", "tr", "/p", "/div");
    private static final Set<String> UNSHOWN = Set.of("script", "style", "head", "title");
    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST_ENTITY = 10;

    private HtmlText() {}

    static String of(String html) {
        StringBuilder text = new StringBuilder(html.length());
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<') {
                at = tag(html, at, text);
            } else if (c == '&') {
                at = entity(html, at, text);
            } else {
                boolean space = Character.isWhitespace(c);
                if (!space || (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1)))) {
                    text.append(space ? ' ' : c);
                }
                at++;
            }
        }
        return text.toString().strip();
    }

    private static int tag(String html, int open, StringBuilder text) {
        int close = html.indexOf('>', open);
        if (close < 0) {
            return html.length();
        }
        String name = html.substring(open + 1, close).split("[\\s/]", 2)[0].toLowerCase(Locale.ROOT);
        if (html.startsWith("</", open)) {
            name = "/" + html.substring(open + 2, close).strip().toLowerCase(Locale.ROOT);
        }
        if (LINES.contains(name) && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        if (UNSHOWN.contains(name)) {
            return endOf(name, html, close);
        }
        return close + 1;
    }

    private static int endOf(String name, String html, int from) {
        int end = html.indexOf("</", from);
        while (end >= 0 && !html.regionMatches(true, end + 2, name, 0, name.length())) {
            end = html.indexOf("</", end + 2);
        }
        return end < 0 ? html.length() : end;
    }

    private static int entity(String html, int start, StringBuilder text) {
        int end = start + 1;
        while (end < html.length() && end - start <= LONGEST_ENTITY && html.charAt(end) != ';') {
            end++;
        }
        if (end == html.length() || end - start > LONGEST_ENTITY) {
            text.append('&');
            return start + 1;
        }
        String name = html.substring(start + 1, end);
        String known = ENTITIES.get(name);
        if (known != null) {
            text.append(known);
        } else if (!numeric(name, text)) {
            text.append('&').append(name).append(';');
        }
        return end + 1;
    }

    private static boolean numeric(String name, StringBuilder text) {
        boolean hexadecimal = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.startsWith("#") ? name.substring(hexadecimal ? 2 : 1) : "";
        if (!digits.matches(hexadecimal ? "[0-9A-Fa-f]{1,6}" : "[0-9]{1,7}")) {
            return false;
        }
        int c = Integer.parseInt(digits, hexadecimal ? 16 : 10);
        if (Character.isValidCodePoint(c) && XmlCharacters.isAllowed(c) && !Character.isISOControl(c)) {
            text.appendCodePoint(c);
        }
        return true;
    }
}
