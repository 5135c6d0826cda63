// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.diagnosis;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.sip.internal.codec.SipFrame;
import io.drawbridge.sip.internal.codec.SipLimits;
import io.drawbridge.sip.internal.codec.SipParser;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.relay.InProcessHop;
import io.drawbridge.sip.internal.relay.Relay;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stands where the home stands and sends one OPTIONS to a domain, as the relay would send anything of the home's. */
final class TestHop extends InProcessHop {
    private final Relay relay;
    private final HostPort announced;
    private final CompletableFuture<SipResponse> answer = new CompletableFuture<>();

    TestHop(Relay relay, EventExecutor executor, HostPort announced) {
        super(relay, executor);
        this.relay = relay;
        this.announced = announced;
    }

    /** Sends it; the stage completes with the final response, which always comes. */
    CompletionStage<SipResponse> send(DomainName from, DomainName to) {
        String id = UUID.randomUUID().toString();
        String text = "OPTIONS sip:" + to + " SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS " + announced + ";branch=z9hG4bK" + id + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:" + from + ">;tag=" + id.substring(0, 8) + "\r\n"
                + "To: <sip:" + to + ">\r\n"
                + "Call-ID: " + id + "\r\n"
                + "CSeq: 1 OPTIONS\r\n"
                + "Accept: application/sdp\r\n"
                + "Content-Length: 0\r\n\r\n";
        SipFrame request = SipParser.parse(text.getBytes(StandardCharsets.UTF_8), SipLimits.DEFAULT);
        executor().execute(() -> relay.received(this, request));
        return answer;
    }

    @Override
    protected void take(byte[] message) {
        if (SipParser.parse(message, SipLimits.DEFAULT) instanceof SipResponse response && !response.isProvisional()) {
            answer.complete(response);
        }
    }

    @Override
    public String name() {
        return "diagnosis";
    }

    @Override
    public HostPort announced() {
        return announced;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    protected void pause(boolean paused) {
        // It has one request.
    }
}
