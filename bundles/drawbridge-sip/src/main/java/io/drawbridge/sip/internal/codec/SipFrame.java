// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

/** What a stream of SIP is divided into. */
public sealed interface SipFrame permits SipMessage, MalformedRequest, MalformedResponse, KeepAlive, StreamFault {}
