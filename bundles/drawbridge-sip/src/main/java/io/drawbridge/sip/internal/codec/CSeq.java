// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/**
 * The CSeq of a message.
 *
 * @param number 0 to 2^32-1
 * @param method the method's name
 */
public record CSeq(long number, String method) {}
