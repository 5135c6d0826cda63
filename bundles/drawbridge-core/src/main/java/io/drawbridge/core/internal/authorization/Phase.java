// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

/**
 * How far a right has come. The nine states of RFC 6121 appendix A.1 are the phases of the two rights between an own
 * user and a contact: the one of the user is none, pending out, to; the one of the contact none, pending in, from.
 */
public enum Phase {
    /** Nobody asked, or it was refused, or given up. */
    NONE,
    /** Asked for and not answered yet. */
    REQUESTED,
    /** Given. */
    GRANTED
}
