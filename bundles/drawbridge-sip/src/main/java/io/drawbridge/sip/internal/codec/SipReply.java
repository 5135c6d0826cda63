// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.HostPort;
import io.netty.buffer.ByteBuf;

/**
 * A response of our own to a request, made of the request's raw lines (RFC 3261 section 8.2.6). Belongs to one thread,
 * written once.
 */
public final class SipReply {
    private static final int TRYING = 100;

    private final SipHeaders request;
    private final int status;
    private final OctetWriter lines = new OctetWriter(512);
    private final OctetWriter extra = new OctetWriter(64);
    private HostPort source;
    private String toTag = "";
    private byte[] body = {};

    private SipReply(SipHeaders request, int status, String phrase) {
        this.request = request;
        this.status = status;
        lines.text("SIP/2.0 ").number(status).text(" ").text(phrase).lineEnd();
    }

    /** Begins a response to a request. */
    public static SipReply to(SipRequest request, int status, String phrase) {
        return new SipReply(request.headers(), status, phrase);
    }

    /** Begins the answer to a malformed request: its problem's. */
    public static SipReply to(MalformedRequest request) {
        return new SipReply(
                request.headers(), request.problem().status(), request.problem().phrase());
    }

    /** Notes in the top Via where the request came from, as {@link SipRewrite#markTopVia} does. */
    public SipReply markTopVia(HostPort from) {
        source = from;
        return this;
    }

    /** Adds this tag to To where the request has none; not for 100. */
    public SipReply toTag(String tag) {
        toTag = tag;
        return this;
    }

    /** Copies all lines of a header field of the request. */
    public SipReply copy(HeaderName name) {
        copyLines(name, extra);
        return this;
    }

    /** Adds a header line. */
    public SipReply header(HeaderName name, String value) {
        extra.name(name).text(value).lineEnd();
        return this;
    }

    /** Adds a header line of any name. */
    public SipReply header(String name, String value) {
        extra.text(name).separator().text(value).lineEnd();
        return this;
    }

    /** Sets the body. */
    public SipReply body(String contentType, byte[] content) {
        body = content.clone();
        return header(HeaderName.CONTENT_TYPE, contentType);
    }

    /** Writes the response. */
    public void writeTo(ByteBuf target) {
        writeVias();
        copyFirst(HeaderName.FROM);
        writeTo();
        copyFirst(HeaderName.CALL_ID);
        copyFirst(HeaderName.CSEQ);
        if (status == TRYING) {
            copyFirst(HeaderName.TIMESTAMP);
        }
        lines.raw(extra.array(), 0, extra.length());
        lines.name(HeaderName.CONTENT_LENGTH).number(body.length).lineEnd().lineEnd();
        target.ensureWritable(lines.length() + body.length);
        target.writeBytes(lines.array(), 0, lines.length()).writeBytes(body);
    }

    private void writeVias() {
        ValueWalk top = new ValueWalk(request, HeaderName.VIA);
        int marked = source != null && top.next() && writeMarkedVia(top) ? top.line() : -1;
        for (int line = request.next(HeaderName.VIA, 0); line >= 0; line = request.next(HeaderName.VIA, line + 1)) {
            if (line != marked) {
                copyLine(line, lines);
            }
        }
    }

    private boolean writeMarkedVia(ValueWalk top) {
        try {
            Via via = Via.parse(request.octets, top.start(), top.end());
            int[] from = {request.lineStart(top.line())};
            ViaMark.of(via, source, (start, end, text) -> {
                lines.raw(request.octets, from[0], start).text(text);
                from[0] = end;
            });
            lines.raw(request.octets, from[0], request.valueEnd(top.line())).lineEnd();
            return true;
        } catch (SipSyntaxException malformed) {
            return false;
        }
    }

    private void writeTo() {
        int line = request.next(HeaderName.TO, 0);
        if (line < 0) {
            return;
        }
        lines.raw(request.octets, request.lineStart(line), request.valueEnd(line));
        if (status > TRYING && !toTag.isEmpty() && lacksTag(line)) {
            lines.text(";tag=").text(toTag);
        }
        lines.lineEnd();
    }

    private boolean lacksTag(int line) {
        try {
            return !NameAddr.parse(request.octets, request.valueStart(line), request.valueEnd(line), SipProblem.TO)
                    .hasTag();
        } catch (SipSyntaxException malformed) {
            return false;
        }
    }

    private void copyFirst(HeaderName name) {
        int line = request.next(name, 0);
        if (line >= 0) {
            copyLine(line, lines);
        }
    }

    private void copyLines(HeaderName name, OctetWriter target) {
        for (int line = request.next(name, 0); line >= 0; line = request.next(name, line + 1)) {
            copyLine(line, target);
        }
    }

    private void copyLine(int line, OctetWriter target) {
        target.raw(request.octets, request.lineStart(line), request.valueEnd(line))
                .lineEnd();
    }
}
