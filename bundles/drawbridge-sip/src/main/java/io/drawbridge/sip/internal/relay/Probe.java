// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.sip.internal.codec.SipResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * The OPTIONS that asks a silent peer for a sign of life; any answer is one (interworking 1.11). Max-Forwards 0 keeps it
 * from going further than the peer.
 */
final class Probe implements Asker {
    private final PeerConnection peer;
    private final long branch;

    Probe(PeerConnection peer) {
        this.peer = peer;
        this.branch = peer.loop.nextId();
    }

    void send() {
        String self = peer.announced().host();
        String target = "sip:" + peer.remote() + ";transport=tls";
        String via = Branch.of(branch, 0);
        String text = "OPTIONS " + target + " SIP/2.0\r\n"
                + "Via: " + peer.via(via) + "\r\n"
                + "Max-Forwards: 0\r\n"
                + "From: <sip:" + self + ">;tag=" + Long.toHexString(branch) + "\r\n"
                + "To: <" + target + ">\r\n"
                + "Call-ID: " + via.substring(via.length() - 16) + "@" + self + "\r\n"
                + "CSeq: 1 OPTIONS\r\n"
                + "Content-Length: 0\r\n\r\n";
        ByteBuf request = peer.buffer(text.length());
        ByteBufUtil.writeUtf8(request, text);
        peer.ask(this, branch, request);
    }

    void end() {
        peer.forget(branch);
    }

    @Override
    public void answered(Hop hop, long answered, SipResponse response) {
        // That something arrived is all there is to know, and the connection has noted it.
    }

    @Override
    public void lost(Hop hop, long lost) {
        // The connection is gone; nobody waits for the probe.
    }

    @Override
    public void written(boolean success) {
        // Whether it left shows in whether it is answered.
    }
}
