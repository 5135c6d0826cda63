// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages as tests write them: a line feed for each line end, octets that cannot be written as {@code <hex>}. */
final class Wire {
    private static final Pattern HEX = Pattern.compile("<hex>([0-9A-F]+)</hex>");

    private Wire() {}

    /** Returns the octets of a message in the notation of RFC 4475 section 2.1. */
    static byte[] octets(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Matcher hex = HEX.matcher(text);
        int from = 0;
        while (hex.find()) {
            write(octets, text.substring(from, hex.start()));
            octets.writeBytes(HexFormat.of().parseHex(hex.group(1)));
            from = hex.end();
        }
        write(octets, text.substring(from));
        return octets.toByteArray();
    }

    private static void write(ByteArrayOutputStream octets, String text) {
        octets.writeBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a message of RFC 4475 by the name the RFC gives it. */
    static byte[] rfc4475(String name) {
        try (InputStream file = Wire.class.getResourceAsStream("/rfc4475/" + name + ".sip")) {
            return octets(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a message with the Content-Length its body has. */
    static byte[] withLength(String head, String body) {
        return octets(head + "Content-Length: " + octets(body).length + "\n\n" + body);
    }
}
