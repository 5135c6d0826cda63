// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.line.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** How an account proves itself (IRCv3 sasl-3.2). */
final class Sasl {
    private static final int CHUNK = 400;
    private static final String EMPTY = "+";

    private Sasl() {}

    /** Returns what answers the server's invitation. */
    static List<Line> answer(Identity identity) {
        if (identity.proof() == Identity.Proof.EXTERNAL) {
            return List.of(Line.of("AUTHENTICATE", EMPTY));
        }
        byte[] plain = ("\0" + identity.account() + "\0" + identity.password()).getBytes(StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(plain);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < encoded.length(); i += CHUNK) {
            lines.add(Line.of("AUTHENTICATE", encoded.substring(i, Math.min(encoded.length(), i + CHUNK))));
        }
        if (encoded.length() % CHUNK == 0) {
            // The end of what would else seem to go on.
            lines.add(Line.of("AUTHENTICATE", EMPTY));
        }
        return lines;
    }
}
