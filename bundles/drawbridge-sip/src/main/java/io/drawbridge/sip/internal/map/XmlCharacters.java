// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

/** Which characters XML can carry at all, and with it XMPP: XML 1.0 section 2.2. */
final class XmlCharacters {
    private XmlCharacters() {}

    static boolean isAllowed(int c) {
        return (c >= ' ' || c == '\n' || c == '\t' || c == '\r')
                && c != 0xFFFE
                && c != 0xFFFF
                && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
