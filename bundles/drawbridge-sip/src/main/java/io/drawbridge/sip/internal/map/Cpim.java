// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A message in the envelope of CPIM (RFC 3862): its own headers, then a MIME entity. Names of headers are told apart by
 * case (section 2.3); a namespace prefix is resolved to the URI in front of the name, such as {@code
 * urn:ietf:params:imdn Message-ID}.
 */
public final class Cpim {
    /** The media type. */
    public static final String MEDIA_TYPE = "message/cpim";

    private static final int MOST_HEADERS = 64;
    private static final byte[] CRLF_CRLF = {'\r', '\n', '\r', '\n'};
    private final Map<String, String> headers;
    private final MediaType type;
    private final byte[] content;

    private Cpim(Map<String, String> headers, MediaType type, byte[] content) {
        this.headers = headers;
        this.type = type;
        this.content = content;
    }

    /**
     * Reads an envelope.
     *
     * @throws Unmappable 400 if it is none
     */
    static Cpim read(byte[] octets) throws Unmappable {
        int mime = endOfHead(octets, 0);
        int content = endOfHead(octets, mime);
        Map<String, String> headers = resolved(lines(octets, 0, mime));
        Map<String, String> entity = new HashMap<>();
        lines(octets, mime, content).forEach((name, value) -> entity.put(name.toLowerCase(Locale.ROOT), value));
        MediaType type = MediaType.of(entity.getOrDefault("content-type", MediaType.PLAIN));
        return new Cpim(headers, type, Arrays.copyOfRange(octets, content, octets.length));
    }

    private static int endOfHead(byte[] octets, int from) throws Unmappable {
        for (int i = from; i + CRLF_CRLF.length <= octets.length; i++) {
            if (Arrays.equals(octets, i, i + CRLF_CRLF.length, CRLF_CRLF, 0, CRLF_CRLF.length)) {
                return i + CRLF_CRLF.length;
            }
        }
        throw new Unmappable(400, "Malformed CPIM");
    }

    private static Map<String, String> lines(byte[] octets, int from, int to) throws Unmappable {
        String head = new String(octets, from, to - from, StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        for (String line : head.split("\r\n", MOST_HEADERS)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                // Of several NS headers every prefix counts; of other headers the first.
                String name = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                headers.merge(name.equals("NS") ? "NS " + prefix(value) : name, value, (first, next) -> first);
            } else if (!line.isBlank()) {
                throw new Unmappable(400, "Malformed CPIM");
            }
        }
        return headers;
    }

    private static String prefix(String namespace) {
        return namespace.split("\\s", 2)[0];
    }

    private static Map<String, String> resolved(Map<String, String> headers) {
        Map<String, String> resolved = new HashMap<>();
        headers.forEach((name, value) -> {
            int dot = name.indexOf('.');
            String namespace = dot < 0 ? null : headers.get("NS " + name.substring(0, dot));
            resolved.put(namespace == null ? name : uri(namespace) + " " + name.substring(dot + 1), value);
        });
        return resolved;
    }

    private static String uri(String namespace) {
        return namespace.substring(namespace.indexOf('<') + 1).replace(">", "").strip();
    }

    /** Returns the type of the content. */
    MediaType type() {
        return type;
    }

    /** Returns the content's octets; the caller does not change them. */
    byte[] content() {
        return content;
    }

    /** Returns a header's value. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
