// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * The checks a message must pass to go further than the codec. It passes or {@link SipProblem} says why not; the first
 * check that fails decides.
 */
public final class SipParser {
    /** The shortest Via there is, with its comma: below this many octets in all, they need not be counted. */
    private static final int SHORTEST_VIA = 14;

    private SipParser() {}

    /**
     * Reads and checks one whole message.
     *
     * @param octets the message, no more and no less; not copied, not to be changed afterwards
     * @return the message, or what is malformed about it
     */
    public static SipFrame parse(byte[] octets, SipLimits limits) {
        SipHeaders headers = SipHeaders.index(octets, limits);
        return isResponse(headers) ? readResponse(headers) : readRequest(headers);
    }

    /** Makes what is known of a message that cannot be framed the last of its stream. */
    static SipFrame refuse(byte[] head, SipProblem problem, SipLimits limits) {
        SipHeaders headers = SipHeaders.index(head, limits);
        if (isResponse(headers)) {
            return new MalformedResponse(headers, problem, true);
        }
        return new MalformedRequest(headers, SipRequest.method(headers), problem, true);
    }

    private static boolean isResponse(SipHeaders headers) {
        return headers.startLineEnd() >= 4 && Ascii.equalsIgnoreCase(headers.octets, 0, 4, "SIP/");
    }

    private static SipFrame readRequest(SipHeaders headers) {
        SipRequest request = new SipRequest(headers);
        try {
            request.readStartLine();
            check(request);
            request.readMaxForwards();
            checkMethod(request);
            checkContact(headers);
            return request;
        } catch (SipSyntaxException malformed) {
            return new MalformedRequest(headers, request.method(), malformed.problem(), false);
        }
    }

    private static SipFrame readResponse(SipHeaders headers) {
        SipResponse response = new SipResponse(headers);
        try {
            response.readStartLine();
            check(response);
            return response;
        } catch (SipSyntaxException malformed) {
            return new MalformedResponse(headers, malformed.problem(), false);
        }
    }

    private static void check(SipMessage message) throws SipSyntaxException {
        SipHeaders headers = message.headers();
        if (headers.problem() != null) {
            throw new SipSyntaxException(headers.problem());
        }
        checkSingle(headers);
        message.readMandatory();
        checkVias(headers);
        if (message.topVia().isBranchBare()) {
            throw new SipSyntaxException(SipProblem.VIA_BRANCH);
        }
    }

    /** RFC 3261 section 7.3.1: only header fields that are lists may stand on several lines. */
    private static void checkSingle(SipHeaders headers) throws SipSyntaxException {
        for (int i = 0; i < headers.count(); i++) {
            HeaderName name = headers.name(i);
            if (name != null && name.isOnly() && headers.next(name, i + 1) >= 0) {
                throw new SipSyntaxException(SipProblem.REPEATED_HEADER);
            }
        }
    }

    private static void checkVias(SipHeaders headers) throws SipSyntaxException {
        int octets = 0;
        for (int i = headers.next(HeaderName.VIA, 0); i >= 0; i = headers.next(HeaderName.VIA, i + 1)) {
            octets += headers.valueEnd(i) - headers.valueStart(i);
        }
        if (octets < headers.limits().vias() * SHORTEST_VIA) {
            return;
        }
        int vias = 0;
        ValueWalk walk = new ValueWalk(headers, HeaderName.VIA);
        while (walk.next()) {
            if (++vias > headers.limits().vias()) {
                throw new SipSyntaxException(SipProblem.TOO_MANY_VIAS);
            }
        }
    }

    private static void checkMethod(SipRequest request) throws SipSyntaxException {
        if (!request.cSeq().method().equals(request.methodName())) {
            throw new SipSyntaxException(SipProblem.CSEQ_METHOD);
        }
    }

    private static void checkContact(SipHeaders headers) throws SipSyntaxException {
        ValueWalk walk = new ValueWalk(headers, HeaderName.CONTACT);
        while (walk.next()) {
            if (!Ascii.equals(headers.octets, walk.start(), walk.end(), "*")) {
                NameAddr.parse(headers.octets, walk.start(), walk.end(), SipProblem.CONTACT);
            }
        }
    }
}
