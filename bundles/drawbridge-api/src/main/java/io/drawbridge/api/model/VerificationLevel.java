// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.model;

/** How far a peer's word about its own users is taken (Lync's {@code VerificationLevel}). */
public enum VerificationLevel {
    /** Every sender counts as verified. */
    ALWAYS_VERIFIABLE,
    /** No sender counts as verified: only who is on the recipient's contact list gets through. */
    ALWAYS_UNVERIFIABLE,
    /** The mark sent by the peer decides; without a mark the sender is unverified. */
    USE_SOURCE_VERIFICATION
}
