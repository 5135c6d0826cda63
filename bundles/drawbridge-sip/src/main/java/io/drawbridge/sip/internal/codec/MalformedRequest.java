// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * A request that goes no further; its sender is to be told.
 *
 * @param headers what could be read of its head
 * @param method its method, {@link SipMethod#EXTENSION} also if that could not be read
 * @param problem what is wrong and what to answer
 * @param last whether the stream ends with it: the decoder closes the connection behind the answer
 */
public record MalformedRequest(SipHeaders headers, SipMethod method, SipProblem problem, boolean last)
        implements SipFrame {

    /** Returns whether an answer is due and the head tells enough for one: where it came by and of which transaction. */
    public boolean isAnswerable() {
        return method.isAnswered() && headers.has(HeaderName.VIA) && headers.has(HeaderName.CSEQ);
    }
}
