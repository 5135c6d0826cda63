// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.benchmarks;

/** A direction through a gateway. */
enum Crossing {
    /** A SIP MESSAGE comes in, a stanza goes out. */
    TO_XMPP("SIP to XMPP"),
    /** A stanza comes in, a SIP MESSAGE goes out. */
    TO_SIP("XMPP to SIP");

    private final String text;

    Crossing(String text) {
        this.text = text;
    }

    /** The name in tables. */
    String text() {
        return text;
    }
}
