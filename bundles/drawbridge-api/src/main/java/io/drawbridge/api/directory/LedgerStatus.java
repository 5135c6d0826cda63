// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import java.time.Instant;
import java.util.List;

/**
 * The durable record of authorizations and of presence last seen.
 *
 * @param place its database, without secrets; empty before one is configured
 * @param state now
 * @param why why it cannot be used; empty otherwise
 * @param since when the state began
 * @param waiting how many writes wait for the database
 * @param unreadable the rows that cannot be read and are left out, each by its key and with the reason; the first few, and
 *     how many more
 */
public record LedgerStatus(String place, State state, String why, Instant since, int waiting, List<String> unreadable) {
    /** Copies the list. */
    public LedgerStatus {
        unreadable = List.copyOf(unreadable);
    }

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
