// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Messages for tests, written with one line feed to a line. */
final class Messages {
    static final String MESSAGE =
            """
            MESSAGE sip:bob@partner.example SIP/2.0
            Via: SIP/2.0/TLS pool.corp.example:5061;branch=z9hG4bK776asdhds;rport
            Via: SIP/2.0/TLS 192.0.2.5:65529;ms-received-port=65529;ms-received-cid=1A
            Max-Forwards: 70
            Route: <sip:edge-int.corp.example:5061;transport=tls;lr>, <sip:next.corp.example;lr>
            From: "Ann" <sip:ann@corp.example>;tag=f1;epid=0a1b2c3d4e
            To: <sip:bob@partner.example>;epid=99aa88bb77
            Call-ID: a84b4c76e66710
            CSeq: 4711 MESSAGE
            Supported: ms-sender
            supported: ms-benotify
            Content-Type: text/plain; charset=UTF-8;msgr=WAAtAE0ATQBT
            Content-Length: 13

            Hello, world!""";

    static final String OK =
            """
            SIP/2.0 200 OK
            Via: SIP/2.0/TLS edge.corp.example;branch=z9hG4bKedge, SIP/2.0/TLS pool.corp.example:5061;branch=z9hG4bKpool
            Via: SIP/2.0/TLS client.corp.example;branch=z9hG4bKclient
            From: <sip:ann@corp.example>;tag=f1
            To: <sip:bob@partner.example>;tag=t1
            Call-ID: a84b4c76e66710
            CSeq: 4711 MESSAGE
            Content-Length: 0

            """;

    private Messages() {}

    static byte[] octets(String text) {
        return wire(text).getBytes(StandardCharsets.UTF_8);
    }

    static String wire(String text) {
        return text.replace("\n", "\r\n");
    }

    static SipFrame parse(String text) {
        return SipParser.parse(octets(text), SipLimits.DEFAULT);
    }

    static SipRequest request(String text) {
        SipFrame frame = parse(text);
        assertThat(frame).isInstanceOf(SipRequest.class);
        return (SipRequest) frame;
    }

    static SipResponse response(String text) {
        SipFrame frame = parse(text);
        assertThat(frame).isInstanceOf(SipResponse.class);
        return (SipResponse) frame;
    }

    static String written(SipRewrite rewrite) {
        ByteBuf target = Unpooled.buffer();
        rewrite.writeTo(target);
        assertThat(target.readableBytes()).isEqualTo(rewrite.size());
        return target.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    static String written(SipReply reply) {
        ByteBuf target = Unpooled.buffer();
        reply.writeTo(target);
        return target.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
