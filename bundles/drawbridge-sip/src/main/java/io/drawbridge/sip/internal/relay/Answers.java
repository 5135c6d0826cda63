// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.MalformedRequest;
import io.drawbridge.sip.internal.codec.SipReply;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.trust.HeaderTrust;
import io.drawbridge.sip.internal.trust.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Writes the responses this edge makes itself. */
final class Answers {
    private static final int TYPICAL_SIZE = 1024;

    private Answers() {}

    static ByteBuf trying(SipRequest request, Hop source) {
        return write(SipReply.to(request, 100, "Trying").markTopVia(source.remote()), source);
    }

    static ByteBuf ok(SipRequest request, Hop source, String tag) {
        return write(SipReply.to(request, 200, "OK").markTopVia(source.remote()).toTag(tag), source);
    }

    /** Says what this edge can do (RFC 3261 section 11.2). */
    static ByteBuf capabilities(SipRequest request, Hop source, String tag) {
        SipReply reply = SipReply.to(request, 200, "OK")
                .markTopVia(source.remote())
                .toTag(tag)
                .header(HeaderName.ALLOW, Gate.ALLOW)
                .header(HeaderName.ACCEPT, "*/*")
                .header(HeaderName.SUPPORTED, "ms-benotify");
        return write(reply, source);
    }

    static ByteBuf noSuchTransaction(SipRequest request, Hop source, String tag) {
        SipReply reply = SipReply.to(request, 481, "Call/Transaction Does Not Exist")
                .markTopVia(source.remote())
                .toTag(tag);
        return write(reply, source);
    }

    static ByteBuf malformed(MalformedRequest request, Hop source, String tag) {
        return write(SipReply.to(request).markTopVia(source.remote()).toTag(tag), source);
    }

    /** Refuses, and says why as far as the other side may know (interworking 1.14). */
    static ByteBuf refusal(
            SipRequest request, Rejection rejection, Hop source, String tag, Optional<EdgeSettings> edge) {
        Refusal answer = rejection.answer();
        SipReply reply = SipReply.to(request, answer.status(), answer.phrase())
                .markTopVia(source.remote())
                .toTag(tag);
        rejection.header().ifPresent(name -> reply.header(name, rejection.value()));
        if (answer.retryAfter() > 0) {
            reply.header(HeaderName.RETRY_AFTER, Integer.toString(answer.retryAfter()));
        }
        String self = source.announced().host();
        boolean inside = source.side() == Side.INSIDE;
        if (inside) {
            reply.header(HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST, HeaderTrust.ownResponseMark(self));
        }
        boolean told = inside
                || (answer.published()
                        && edge.map(EdgeSettings::diagnosticsOutside).orElse(false));
        if (told && answer.diagnostics() > 0) {
            reply.header(
                    inside ? HeaderName.MS_DIAGNOSTICS : HeaderName.MS_DIAGNOSTICS_PUBLIC,
                    answer.diagnosticsValue(rejection.reason(), self));
        }
        return write(reply, source);
    }

    private static ByteBuf write(SipReply reply, Hop source) {
        ByteBuf buffer = source.buffer(TYPICAL_SIZE);
        reply.writeTo(buffer);
        return buffer;
    }
}
