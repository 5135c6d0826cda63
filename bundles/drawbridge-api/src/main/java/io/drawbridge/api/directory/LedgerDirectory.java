// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import org.osgi.annotation.versioning.ProviderType;

/** How the ledger is. */
@ProviderType
public interface LedgerDirectory {
    /** Returns how the ledger is now. Thread-safe. */
    LedgerStatus ledger();
}
