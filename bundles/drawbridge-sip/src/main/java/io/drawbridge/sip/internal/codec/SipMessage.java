// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.nio.charset.StandardCharsets;

/**
 * A well-formed message over its own octets. What {@link SipParser} checked can be asked for without fear; parts are
 * decoded when asked for, once. Belongs to one thread.
 */
public abstract sealed class SipMessage implements SipFrame permits SipRequest, SipResponse {
    static final int DEFAULT_MAX_FORWARDS = 70;
    private static final long LARGEST_CSEQ = 0xffff_ffffL;

    private final SipHeaders headers;
    private Via topVia;
    private NameAddr from;
    private NameAddr to;
    private String callId;
    private CSeq cSeq;

    SipMessage(SipHeaders headers) {
        this.headers = headers;
    }

    /** Reads the parts every message must have, and keeps them. */
    void readMandatory() throws SipSyntaxException {
        topVia = readTopVia();
        from = readAddress(HeaderName.FROM, SipProblem.MISSING_FROM, SipProblem.FROM);
        to = readAddress(HeaderName.TO, SipProblem.MISSING_TO, SipProblem.TO);
        callId = readCallId();
        cSeq = readCSeq();
    }

    private Via readTopVia() throws SipSyntaxException {
        ValueWalk walk = new ValueWalk(headers, HeaderName.VIA);
        if (!walk.next()) {
            throw new SipSyntaxException(SipProblem.MISSING_VIA);
        }
        return Via.parse(headers.octets, walk.start(), walk.end());
    }

    private NameAddr readAddress(HeaderName name, SipProblem missing, SipProblem malformed) throws SipSyntaxException {
        int line = require(name, missing);
        NameAddr address = NameAddr.parse(headers.octets, headers.valueStart(line), headers.valueEnd(line), malformed);
        address.uri();
        return address;
    }

    private String readCallId() throws SipSyntaxException {
        int line = require(HeaderName.CALL_ID, SipProblem.MISSING_CALL_ID);
        int start = headers.valueStart(line);
        int end = headers.valueEnd(line);
        for (int i = start; i < end; i++) {
            if (headers.octets[i] <= ' ' && headers.octets[i] >= 0) {
                throw new SipSyntaxException(SipProblem.CALL_ID);
            }
        }
        if (start == end) {
            throw new SipSyntaxException(SipProblem.CALL_ID);
        }
        return headers.text(start, end);
    }

    private CSeq readCSeq() throws SipSyntaxException {
        int line = require(HeaderName.CSEQ, SipProblem.MISSING_CSEQ);
        OctetReader reader =
                new OctetReader(headers.octets, headers.valueStart(line), headers.valueEnd(line), SipProblem.CSEQ);
        int start = reader.position();
        reader.skipToken();
        long number = Ascii.decimal(headers.octets, start, reader.position(), LARGEST_CSEQ);
        reader.skipWhitespace();
        int methodStart = reader.position();
        reader.skipToken();
        if (number < 0 || !reader.atEnd()) {
            throw reader.malformed();
        }
        return new CSeq(number, methodName(methodStart, reader.position()));
    }

    private int require(HeaderName name, SipProblem missing) throws SipSyntaxException {
        int line = headers.next(name, 0);
        if (line < 0) {
            throw new SipSyntaxException(missing);
        }
        return line;
    }

    /** Returns the name of a method, the known ones without a copy. */
    String methodName(int start, int end) {
        SipMethod method = SipMethod.of(headers.octets, start, end);
        return method == SipMethod.EXTENSION ? headers.text(start, end) : method.name();
    }

    /** Returns the header fields. */
    public SipHeaders headers() {
        return headers;
    }

    /** Returns the Via on top. */
    public Via topVia() {
        return topVia;
    }

    /** Returns From; its URI is well-formed. */
    public NameAddr from() {
        return from;
    }

    /** Returns To; its URI is well-formed. */
    public NameAddr to() {
        return to;
    }

    /** Returns the Call-ID. */
    public String callId() {
        return callId;
    }

    /** Returns the CSeq. */
    public CSeq cSeq() {
        return cSeq;
    }

    /** Returns the body. */
    public Octets body() {
        return new Octets(headers.octets, headers.bodyStart(), headers.octets.length);
    }

    /** Returns the whole message as it came. */
    public Octets raw() {
        return new Octets(headers.octets, 0, headers.octets.length);
    }

    /** Returns the start line, for people. */
    @Override
    public String toString() {
        return new String(headers.octets, 0, headers.startLineEnd(), StandardCharsets.UTF_8);
    }
}
