// SPDX-License-Identifier: Apache-2.0
/**
 * Read-only snapshots of what runs: listeners, peers, identities, domains, policies, the ledger. Made for the shell, the
 * console and the metrics; never in the path of a message.
 */
@Export
@Version("1.5.0")
package io.drawbridge.api.directory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
