// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.time.Instant;

/**
 * The durable record of authorizations and of presence last seen.
 *
 * @param place its database, without secrets; empty before one is configured
 * @param state now
 * @param why why it cannot be used; empty otherwise
 * @param since when the state began
 * @param waiting how many writes wait for the database
 */
public record LedgerStatus(String place, State state, String why, Instant since, int waiting) {
    /** State of the ledger. */
    public enum State {
        /** The database is being opened for the first time. */
        OPENING,
        /** It is read and written. */
        OPEN,
        /** The last attempt to open or write it failed; it is tried again. Authorizations wait, messages do not. */
        FAILED
    }
}
