// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** Where somebody is in a conversation: the chat states of XEP-0085, of which RFC 3994 knows the first two. */
public enum Composing {
    /** Writing. */
    COMPOSING,
    /** There, and not writing. */
    ACTIVE,
    /** Was writing and stopped. */
    PAUSED,
    /** Not looking at the conversation. */
    INACTIVE,
    /** Left the conversation. */
    GONE
}
