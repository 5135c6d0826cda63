// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text and the octets it has on the wire. */
public final class Octets {
    private static final Charset OTHERWISE = Charset.forName("windows-1252");

    private Octets() {}

    /** Reads UTF-8, or what old clients write where it is not. */
    public static String text(byte... octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, OTHERWISE);
        }
    }

    /** Returns how many octets of UTF-8 a text has. */
    public static int count(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A pair of surrogates has four octets.
            count += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return count;
    }

    /** Returns as much of a text from its front as fits, never a part of a character. */
    public static String head(String text, int most) {
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int next = i + Character.charCount(text.codePointAt(i));
            count += count(text.substring(i, next));
            if (count > most) {
                return text.substring(0, i);
            }
            i = next;
        }
        return text;
    }
}
