// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

/** What follows a chunk (RFC 4975 section 7.1). */
public enum Continuation {
    /** Nothing: it was the last one of its message. */
    COMPLETE('$'),
    /** Another chunk. */
    MORE('+'),
    /** Nothing: the message is given up. */
    ABORTED('#');

    private final char flag;

    Continuation(char flag) {
        this.flag = flag;
    }

    char flag() {
        return flag;
    }

    static Continuation of(int flag) throws MsrpSyntaxException {
        for (Continuation each : values()) {
            if (each.flag == flag) {
                return each;
            }
        }
        throw new MsrpSyntaxException("no continuation flag");
    }
}
