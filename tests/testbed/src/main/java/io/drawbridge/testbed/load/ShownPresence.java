// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** What NOTIFY requests show to watchers who should see somebody available all the time. Single thread. */
final class ShownPresence implements SipSink.Requests {
    private static final byte[] METHOD = ascii("NOTIFY ");
    private static final byte[] OPEN = ascii("<basic>open</basic>");
    private static final byte[] TERMINATED = ascii("Subscription-State: terminated");

    private final BitSet available = new BitSet();
    private final int first;
    private long notified;
    private long flaps;

    /**
     * Begins with nothing shown.
     *
     * @param first the number of the first watch
     */
    ShownPresence(int first) {
        this.first = first;
    }

    @Override
    public void arrived(byte[] bytes, int from, int to) {
        if (!starts(METHOD, bytes, from, to)) {
            return;
        }
        int watch = SipFraming.numberAfter(LoadMessage.CALL_ID_MARKER, bytes, from, to) - first;
        if (watch < 0) {
            return;
        }
        notified++;
        boolean shows = holds(OPEN, bytes, from, to) && !holds(TERMINATED, bytes, from, to);
        if (available.get(watch) && !shows) {
            flaps++;
        }
        available.set(watch, shows);
    }

    /** Returns how many watchers see the person available. */
    int available() {
        return available.cardinality();
    }

    /** Returns how many NOTIFYs came. */
    long notified() {
        return notified;
    }

    /** Returns how often somebody who was seen was not seen any more. */
    long flaps() {
        return flaps;
    }

    private static boolean holds(byte[] text, byte[] bytes, int from, int to) {
        for (int i = from; i + text.length <= to; i++) {
            if (starts(text, bytes, i, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean starts(byte[] text, byte[] bytes, int from, int to) {
        if (from + text.length > to) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (bytes[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
