// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.line;

/** What may stand where a nick does: nothing that means a channel, a mask, a list, a server or another parameter. */
public final class Nick {
    private static final int LONGEST = 64;
    private static final String SIGNS = "_[]\\`^{|}~";

    private Nick() {}

    /** Returns whether a text can be a nick on some network. */
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.charAt(0) != '-'
                && text.codePoints().allMatch(Nick::isPart);
    }

    private static boolean isPart(int c) {
        return c < 0x80
                ? (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || SIGNS.indexOf(c) >= 0
                : Character.isDefined(c) && !Character.isWhitespace(c) && !Character.isSpaceChar(c) && !isHidden(c);
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE;
    }
}
