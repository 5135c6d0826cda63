// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which octets of a message a chunk holds (RFC 4975 section 7.1.1).
 *
 * @param start the first octet, counted from 1
 * @param end the last octet; empty if it was not known when the chunk began
 * @param total the octets of the whole message; empty if they were not known
 */
public record ByteRange(long start, OptionalLong end, OptionalLong total) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})-(\\d{1,15}|\\*)/(\\d{1,15}|\\*)");

    /** Returns the range of a chunk of {@code length} octets. */
    public static ByteRange of(long start, long length, long total) {
        return new ByteRange(start, OptionalLong.of(start + length - 1), OptionalLong.of(total));
    }

    /**
     * Reads a range.
     *
     * @throws MsrpSyntaxException if it is none, or begins before the first octet
     */
    public static ByteRange parse(String text) throws MsrpSyntaxException {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches() || Long.parseLong(parts.group(1)) < 1) {
            throw new MsrpSyntaxException("no byte range");
        }
        return new ByteRange(Long.parseLong(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
    }

    private static OptionalLong number(String text) {
        return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    @Override
    public String toString() {
        return start + "-" + text(end) + "/" + text(total);
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "*";
    }
}
