// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** A message, or the part of it that was asked for, is not well-formed. Carries no stack trace: peers cause it at will. */
public final class SipSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SipProblem problem;

    SipSyntaxException(SipProblem problem) {
        super(problem.phrase(), null, false, false);
        this.problem = problem;
    }

    /** Returns what is wrong. */
    public SipProblem problem() {
        return problem;
    }
}
