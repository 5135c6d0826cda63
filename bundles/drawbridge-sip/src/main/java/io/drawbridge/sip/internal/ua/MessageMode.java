// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

/** How instant messages are sent to the home. */
public enum MessageMode {
    /** Each on its own (RFC 3428). */
    PAGER,
    /** Within a session (interworking 3.4). */
    SESSION,
    /** As each user of the home does and takes them. */
    AUTO
}
