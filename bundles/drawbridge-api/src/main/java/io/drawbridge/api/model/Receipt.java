// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/**
 * What became of a message at its recipient.
 *
 * @param messageId the {@linkplain Message#id() identifier} its sender gave it
 * @param kind what became of it
 */
public record Receipt(String messageId, Kind kind) {
    /** What can become of a message. */
    public enum Kind {
        /** It reached the recipient's client. */
        DELIVERED,
        /** It was shown. */
        DISPLAYED,
        /** It could not be delivered after all. */
        FAILED
    }
}
