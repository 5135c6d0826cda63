// SPDX-License-Identifier: Apache-2.0
/**
 * How the edge translates: a {@link io.drawbridge.api.link.Link} for each protocol or network, and the
 * {@link io.drawbridge.api.link.Inbox} behind which policy, route and ledger decide what goes to which other link.
 */
@Export
@Version("1.2.0")
package io.drawbridge.api.link;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
