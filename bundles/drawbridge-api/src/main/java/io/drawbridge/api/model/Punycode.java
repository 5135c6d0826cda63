// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * The encoding of a label's characters in ASCII (RFC 3492), without the prefix {@code xn--}. {@link java.net.IDN} is of
 * IDNA 2003, which takes some names for others.
 */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Punycode() {}

    /** Encodes a label of at least one character beyond ASCII; its length is bounded by the caller. */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        StringBuilder output = new StringBuilder();
        label.codePoints().filter(c -> c < INITIAL_N).forEach(output::appendCodePoint);
        int basic = output.length();
        if (basic > 0) {
            output.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        int handled = basic;
        while (handled < input.length) {
            int next = smallestFrom(n, input);
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendNumber(output, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return output.toString();
    }

    /**
     * Decodes a label.
     *
     * @throws IllegalArgumentException if it is not the encoding of anything
     */
    static String decode(String encoded) {
        int delimiter = encoded.lastIndexOf('-');
        StringBuilder output = new StringBuilder(delimiter > 0 ? encoded.substring(0, delimiter) : "");
        int length = output.length();
        int n = INITIAL_N;
        int i = 0;
        int bias = INITIAL_BIAS;
        int at = delimiter > 0 ? delimiter + 1 : 0;
        while (at < encoded.length()) {
            int old = i;
            int weight = 1;
            int threshold;
            int digit;
            int k = BASE;
            do {
                digit = at < encoded.length() ? DIGITS.indexOf(encoded.charAt(at++)) : -1;
                if (digit < 0) {
                    throw new IllegalArgumentException("not the encoding of a label");
                }
                i = Math.addExact(i, Math.multiplyExact(digit, weight));
                threshold = threshold(k, bias);
                weight = Math.multiplyExact(weight, BASE - threshold);
                k += BASE;
            } while (digit >= threshold);
            length++;
            bias = adapt(i - old, length, old == 0);
            n = Math.addExact(n, i / length);
            i %= length;
            if (!Character.isValidCodePoint(n)) {
                throw new IllegalArgumentException("not the encoding of a label");
            }
            output.insert(output.offsetByCodePoints(0, i), Character.toString(n));
            i++;
        }
        return output.toString();
    }

    private static int smallestFrom(int n, int[] input) {
        int smallest = Integer.MAX_VALUE;
        for (int c : input) {
            if (c >= n && c < smallest) {
                smallest = c;
            }
        }
        return smallest;
    }

    private static void appendNumber(StringBuilder output, int number, int bias) {
        int q = number;
        int k = BASE;
        for (int t = threshold(k, bias); q >= t; t = threshold(k, bias)) {
            output.append(DIGITS.charAt(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
            k += BASE;
        }
        output.append(DIGITS.charAt(q));
    }

    private static int threshold(int k, int bias) {
        return Math.max(T_MIN, Math.min(T_MAX, k - bias));
    }

    private static int adapt(int delta, int points, boolean first) {
        int d = first ? delta / DAMP : delta / 2;
        d += d / points;
        int k = 0;
        while (d > (BASE - T_MIN) * T_MAX / 2) {
            d /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * d / (d + SKEW);
    }
}
