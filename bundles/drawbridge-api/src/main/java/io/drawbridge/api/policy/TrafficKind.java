// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

/** What kind of conversation a request belongs to; policies and safeguards speak of these, not of methods. */
public enum TrafficKind {
    /** Instant messages, their sessions, typing and receipts. */
    MESSAGE,
    /** Presence: subscriptions, notifications, publications. */
    PRESENCE,
    /** Audio and video calls. */
    CALL,
    /** What belongs to a dialog that was already let through and says no more about its kind. */
    IN_DIALOG,
    /** Anything else, such as OPTIONS. */
    OTHER
}
