// SPDX-License-Identifier: Apache-2.0
/** The Message Session Relay Protocol (RFC 4975) between octets and whole messages: no SIP, no model. */
package io.drawbridge.sip.internal.msrp;
