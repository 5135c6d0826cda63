// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.client;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Leaves out the control sequences (ECMA-48 section 5.4) by which the container's shell colours what it says. */
final class Uncoloured extends FilterOutputStream {
    private static final int ESCAPE = 0x1b;
    private static final int FIRST_FINAL = 0x40;
    private static final int LAST_FINAL = 0x7e;

    private State state = State.TEXT;

    /** Where in a sequence the next octet stands. */
    private enum State {
        TEXT,
        ESCAPED,
        SEQUENCE
    }

    Uncoloured(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        switch (state) {
            case TEXT -> {
                if (octet == ESCAPE) {
                    state = State.ESCAPED;
                } else {
                    out.write(octet);
                }
            }
            case ESCAPED -> state = octet == '[' ? State.SEQUENCE : State.TEXT;
            case SEQUENCE -> {
                if (octet >= FIRST_FINAL && octet <= LAST_FINAL) {
                    state = State.TEXT;
                }
            }
        }
    }
}
