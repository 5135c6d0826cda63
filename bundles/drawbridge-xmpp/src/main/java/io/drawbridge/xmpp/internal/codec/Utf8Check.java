// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.codec;

/**
 * Refuses octets that are not UTF-8 (RFC 3629) or not characters of XML 1.0, however they are split. The octets of a
 * stanza are passed on as they came, so they must be sound in themselves.
 */
final class Utf8Check {
    private int missing;
    private int lowest;
    private int character;

    void accept(byte[] octets, int length) throws StreamViolation {
        for (int i = 0; i < length; i++) {
            int octet = octets[i] & 0xFF;
            if (missing > 0) {
                next(octet);
            } else if (octet >= 0x80) {
                begin(octet);
            } else if (octet < 0x20 && octet != '\t' && octet != '\n' && octet != '\r') {
                throw broken("a control character");
            }
        }
    }

    private void begin(int octet) throws StreamViolation {
        if (octet >= 0xC2 && octet <= 0xDF) {
            expect(1, 0x80, octet & 0x1F);
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            expect(2, 0x800, octet & 0x0F);
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            expect(3, 0x10000, octet & 0x07);
        } else {
            throw broken("an octet that is not UTF-8");
        }
    }

    private void expect(int octets, int least, int bits) {
        missing = octets;
        lowest = least;
        character = bits;
    }

    private void next(int octet) throws StreamViolation {
        if ((octet & 0xC0) != 0x80) {
            throw broken("an octet that is not UTF-8");
        }
        character = (character << 6) | (octet & 0x3F);
        missing--;
        if (missing == 0 && !isSound()) {
            throw broken("a character that XML does not have");
        }
    }

    private boolean isSound() {
        return character >= lowest
                && character <= 0x10FFFF
                && !(character >= 0xD800 && character <= 0xDFFF)
                && character != 0xFFFE
                && character != 0xFFFF;
    }

    private static StreamViolation broken(String what) {
        return new StreamViolation(StreamCondition.NOT_WELL_FORMED, "the stream holds " + what);
    }
}
