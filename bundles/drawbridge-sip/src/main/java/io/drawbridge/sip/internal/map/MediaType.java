// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.lib.jainsip.XmlCharacters;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The value of Content-Type.
 *
 * @param name type and subtype in lower case
 * @param parameters their names in lower case, values without quotes
 */
record MediaType(String name, Map<String, String> parameters) {
    static final String PLAIN = "text/plain";
    static final String HTML = "text/html";
    static final String ALTERNATIVE = "multipart/alternative";
    private static final int MOST_PARAMETERS = 16;

    static MediaType of(String value) {
        String[] parts = value.split(";", MOST_PARAMETERS);
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
                parameters.putIfAbsent(
                        name, unquoted(parts[i].substring(equals + 1).strip()));
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /**
     * Decodes text of this type, without the control characters no other protocol can carry.
     *
     * @throws Unmappable 415 if the character set is not known
     */
    String decode(byte[] octets) throws Unmappable {
        Charset charset = StandardCharsets.UTF_8;
        if (parameters.containsKey("charset")) {
            try {
                charset = Charset.forName(parameters.get("charset"));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                throw new Unmappable(415, "Unknown Character Set");
            }
        }
        return printable(new String(octets, charset));
    }

    private static String printable(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(XmlCharacters::isAllowed).forEach(kept::appendCodePoint);
        return kept.toString().replace("\r\n", "\n").replace('\r', '\n');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && (c < 0x20 || c >= 0x7F)) {
                return false;
            }
        }
        return true;
    }
}
