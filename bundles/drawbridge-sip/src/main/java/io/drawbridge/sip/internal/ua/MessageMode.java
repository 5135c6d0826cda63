// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

/** How instant messages are sent to the home. */
public enum MessageMode {
    /** Each on its own (RFC 3428). */
    PAGER,
    /** Within a session in the Lync dialect (interworking 3.4). */
    SESSION,
    /** Within a session by connections of their own (RFC 4975). */
    MSRP,
    /** As each user of the home does and takes them. */
    AUTO
}
