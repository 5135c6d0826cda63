// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * What can be wrong with a message so that it goes no further than the codec, with the answer a request gets. Unknown
 * schemes (416), extensions (420), spent hops (483) and loops (482) are the relay's to judge.
 */
public enum SipProblem {
    START_LINE(400, "Malformed Request-Line"),
    REQUEST_URI(400, "Malformed Request-URI"),
    REQUEST_URI_HEADERS(400, "Header fields in Request-URI"),
    VERSION(505, "Version Not Supported"),
    STATUS(400, "Status code out of range"),
    START_LINE_TOO_LONG(414, "Request-URI Too Long"),
    HEADER_LINE(400, "Malformed header field"),
    HEADER_LINE_TOO_LONG(400, "Header field too long"),
    TOO_MANY_HEADERS(400, "Too many header fields"),
    HEAD_TOO_LARGE(513, "Message Too Large"),
    LINE_END(400, "Line end without CRLF"),
    TOO_MANY_VIAS(483, "Too Many Hops"),
    MISSING_VIA(400, "Missing Via"),
    MISSING_FROM(400, "Missing From"),
    MISSING_TO(400, "Missing To"),
    MISSING_CALL_ID(400, "Missing Call-ID"),
    MISSING_CSEQ(400, "Missing CSeq"),
    REPEATED_HEADER(400, "Repeated single-value header field"),
    VIA(400, "Malformed Via"),
    VIA_BRANCH(400, "Empty Via branch"),
    FROM(400, "Malformed From"),
    TO(400, "Malformed To"),
    CONTACT(400, "Malformed Contact"),
    CALL_ID(400, "Malformed Call-ID"),
    CSEQ(400, "Malformed CSeq"),
    CSEQ_METHOD(400, "CSeq method does not match"),
    MAX_FORWARDS(400, "Malformed Max-Forwards"),
    MISSING_CONTENT_LENGTH(400, "Missing Content-Length"),
    CONTENT_LENGTH(400, "Malformed Content-Length"),
    CONFLICTING_CONTENT_LENGTH(400, "Conflicting Content-Length"),
    BODY_TOO_LARGE(413, "Request Entity Too Large");

    private final int status;
    private final String phrase;

    SipProblem(int status, String phrase) {
        this.status = status;
        this.phrase = phrase;
    }

    /** Returns whether the message broke a limit of {@link SipLimits}, not the grammar. */
    public boolean isLimit() {
        return switch (this) {
            case START_LINE_TOO_LONG,
                    HEADER_LINE_TOO_LONG,
                    TOO_MANY_HEADERS,
                    HEAD_TOO_LARGE,
                    TOO_MANY_VIAS,
                    BODY_TOO_LARGE -> true;
            default -> false;
        };
    }

    /** Returns the status code of the answer. */
    public int status() {
        return status;
    }

    /** Returns the reason phrase of the answer. */
    public String phrase() {
        return phrase;
    }
}
