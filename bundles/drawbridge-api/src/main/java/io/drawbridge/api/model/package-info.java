// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable values every bundle speaks of: domains, addresses, the two sides of the edge, what TLS proved of a peer.
 */
@Export
@Version("1.1.0")
package io.drawbridge.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
