// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.List;

/** Ends the processing of a request with a final response other than success. */
public final class RequestRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient List<String> headers = new ArrayList<>();

    /**
     * Refuses with the standard reason phrase.
     *
     * @param status 400 to 699
     */
    public RequestRefused(int status) {
        this(status, SIPResponse.getReasonPhrase(status));
    }

    /** Refuses with a reason phrase of ours, which quotes nothing of the message. */
    public RequestRefused(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    /** Adds a header to the response. */
    public RequestRefused with(String name, String value) {
        headers.add(SipParser.header(name, value).toString().strip());
        return this;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Answers the request. */
    public void answer(ServerTransaction transaction) {
        transaction.finish(status, getMessage(), headers.toArray(String[]::new));
    }
}
