// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

/** What a partner's users may do (Lync's PartnerType). */
public enum PartnerType {
    /** Add own users, see presence and notes, write unasked. */
    FEDERATED,
    /** As {@link #FEDERATED}, without the notes. */
    PUBLIC_VERIFIED,
    /** Only after the own user added them, and without the notes. */
    PUBLIC_UNVERIFIED;

    /** Returns whether its users may write and watch before the own user added them. */
    public boolean mayComeUnasked() {
        return this != PUBLIC_UNVERIFIED;
    }

    /** Returns whether its users see the notes of own users. */
    public boolean seesNotes() {
        return this == FEDERATED;
    }
}
