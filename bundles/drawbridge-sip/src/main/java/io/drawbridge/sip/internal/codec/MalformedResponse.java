// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * A response to drop.
 *
 * @param headers what could be read of its head
 * @param problem what is wrong
 * @param last whether the stream ends with it: the decoder closes the connection
 */
public record MalformedResponse(SipHeaders headers, SipProblem problem, boolean last) implements SipFrame {}
