// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import java.util.Optional;

/** A request. */
public final class SipRequest extends SipMessage {
    private static final int LARGEST_MAX_FORWARDS = 255;
    private static final String VERSION_NAME = "SIP/";

    private SipMethod method = SipMethod.EXTENSION;
    private int methodEnd;
    private int uriEnd;
    private SipUri requestUri;
    private int maxForwards;

    SipRequest(SipHeaders headers) {
        super(headers);
    }

    /** Reads {@code METHOD SP Request-URI SP SIP/2.0}, RFC 3261 section 7.1. */
    void readStartLine() throws SipSyntaxException {
        byte[] octets = headers().octets;
        int end = headers().startLineEnd();
        methodEnd = methodEnd(headers());
        if (methodEnd == 0 || methodEnd == end || octets[methodEnd] != ' ') {
            throw new SipSyntaxException(SipProblem.START_LINE);
        }
        method = SipMethod.of(octets, 0, methodEnd);
        uriEnd = end - 1;
        while (uriEnd > methodEnd && octets[uriEnd] != ' ') {
            uriEnd--;
        }
        checkVersion(uriEnd + 1, end);
        if (uriEnd == methodEnd) {
            throw new SipSyntaxException(SipProblem.START_LINE);
        }
        requestUri = SipUri.parse(octets, methodEnd + 1, uriEnd, SipProblem.REQUEST_URI);
        if (requestUri.hasHeaders()) {
            throw new SipSyntaxException(SipProblem.REQUEST_URI_HEADERS);
        }
    }

    private static int methodEnd(SipHeaders headers) {
        int end = 0;
        while (end < headers.startLineEnd() && Ascii.isToken(headers.octets[end])) {
            end++;
        }
        return end;
    }

    /** Returns the method of a request of which nothing else is sure. */
    static SipMethod method(SipHeaders headers) {
        return SipMethod.of(headers.octets, 0, methodEnd(headers));
    }

    private void checkVersion(int start, int end) throws SipSyntaxException {
        byte[] octets = headers().octets;
        if (Ascii.equalsIgnoreCase(octets, start, end, "SIP/2.0")) {
            return;
        }
        int nameEnd = start + VERSION_NAME.length();
        boolean other = nameEnd < end && Ascii.equalsIgnoreCase(octets, start, nameEnd, VERSION_NAME);
        throw new SipSyntaxException(other ? SipProblem.VERSION : SipProblem.START_LINE);
    }

    /** Reads Max-Forwards, which RFC 2543 requests lack. */
    void readMaxForwards() throws SipSyntaxException {
        int line = headers().next(HeaderName.MAX_FORWARDS, 0);
        maxForwards = line < 0
                ? -1
                : (int) Ascii.decimal(
                        headers().octets, headers().valueStart(line), headers().valueEnd(line), LARGEST_MAX_FORWARDS);
        if (line >= 0 && maxForwards < 0) {
            throw new SipSyntaxException(SipProblem.MAX_FORWARDS);
        }
    }

    int methodEnd() {
        return methodEnd;
    }

    int uriEnd() {
        return uriEnd;
    }

    /** Returns the method; its name if it is an extension is {@link #methodName()}. */
    public SipMethod method() {
        return method;
    }

    /** Returns the method's name as it came. */
    public String methodName() {
        return methodName(0, methodEnd);
    }

    /** Returns the Request-URI: well-formed and without header fields; its scheme may be unknown. */
    public SipUri requestUri() {
        return requestUri;
    }

    /** Returns how many more hops are allowed; 70 if the request does not say. */
    public int maxForwards() {
        return maxForwards < 0 ? DEFAULT_MAX_FORWARDS : maxForwards;
    }

    /** Returns whether the request belongs to a dialog that exists: To carries a tag. */
    public boolean isInDialog() {
        return to().hasTag();
    }

    /**
     * Returns the Route on top.
     *
     * @throws SipSyntaxException if it is malformed
     */
    public Optional<NameAddr> topRoute() throws SipSyntaxException {
        ValueWalk walk = new ValueWalk(headers(), HeaderName.ROUTE);
        return walk.next()
                ? Optional.of(NameAddr.parse(headers().octets, walk.start(), walk.end(), SipProblem.HEADER_LINE))
                : Optional.empty();
    }
}
