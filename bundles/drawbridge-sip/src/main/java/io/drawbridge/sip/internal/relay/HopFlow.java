// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipFlow;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hop as the gateway's user agent sees it. Shares the hop with the relay, so closing it is not the user agent's
 * business, and the hop's limits hold for both.
 */
final class HopFlow implements SipFlow {
    private static final String RESPONSE_START = "SIP/";
    private static final AtomicLong LAST = new AtomicLong();

    private final Hop hop;
    private final String id = "home" + LAST.incrementAndGet();

    HopFlow(Hop hop) {
        this.hop = hop;
    }

    Hop hop() {
        return hop;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.HOME;
    }

    @Override
    public Side side() {
        return hop.side();
    }

    @Override
    public HostPort local() {
        return hop.announced();
    }

    @Override
    public HostPort remote() {
        return hop.remote();
    }

    @Override
    public String name() {
        return hop.name();
    }

    @Override
    public boolean send(byte[] message) {
        if (!hop.isOpen() || !(isResponse(message) || hop.isWritable())) {
            return false;
        }
        ByteBuf buffer = hop.buffer(message.length).writeBytes(message);
        hop.tell(null, buffer);
        return true;
    }

    /** What a peer asked is answered also while it is slow: what it may ask is bounded. */
    private static boolean isResponse(byte[] message) {
        for (int i = 0; i < RESPONSE_START.length(); i++) {
            if (i >= message.length || message[i] != RESPONSE_START.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        // The relay goes on using the hop.
    }
}
