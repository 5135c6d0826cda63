// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * The IPv6 addresses of RFC 3986 section 3.2.2, which corrects the grammar of RFC 3261 (RFC 5118 section 4.10): eight
 * groups, {@code ::} once for one or more of them, the last two perhaps written as an IPv4 address. No zone.
 */
final class Ipv6Address {
    private static final int GROUPS = 8;

    private Ipv6Address() {}

    static boolean isValid(byte[] array, int start, int end) {
        int groups = 0;
        boolean compressed = false;
        int i = start;
        if (i + 1 < end && array[i] == ':' && array[i + 1] == ':') {
            compressed = true;
            i += 2;
        }
        while (i < end) {
            int groupEnd = hexEnd(array, i, end);
            if (groupEnd < end && array[groupEnd] == '.') {
                groups += 2;
                return isIpv4(array, i, end) && isComplete(groups, compressed);
            }
            if (groupEnd == i || groupEnd - i > 4) {
                return false;
            }
            groups++;
            i = groupEnd;
            if (i == end) {
                break;
            }
            boolean pair = i + 1 < end && array[i + 1] == ':';
            if (array[i] != ':' || (pair && compressed) || (!pair && i + 1 == end)) {
                return false;
            }
            compressed |= pair;
            i += pair ? 2 : 1;
        }
        return isComplete(groups, compressed);
    }

    private static boolean isComplete(int groups, boolean compressed) {
        return compressed ? groups < GROUPS : groups == GROUPS;
    }

    private static int hexEnd(byte[] array, int start, int end) {
        int i = start;
        while (i < end && Character.digit(array[i], 16) >= 0) {
            i++;
        }
        return i;
    }

    private static boolean isIpv4(byte[] array, int start, int end) {
        int octets = 0;
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || array[i] == '.') {
                if (i - from > 3 || Ascii.decimal(array, from, i, 255) < 0) {
                    return false;
                }
                octets++;
                from = i + 1;
            }
        }
        return octets == 4;
    }
}
