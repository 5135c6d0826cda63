// SPDX-License-Identifier: Apache-2.0
/**
 * SIP messages as they came: framed, indexed in one pass, read where routing needs it, rewritten by splices over the
 * original octets. What nobody asked about is passed on octet for octet.
 */
package io.drawbridge.sip.internal.codec;
