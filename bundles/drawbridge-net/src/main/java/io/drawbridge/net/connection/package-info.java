// SPDX-License-Identifier: Apache-2.0
/**
 * TLS connections with known peers: a protocol is handed the ones that were accepted and asks for the ones it needs.
 */
@Export
@Version("1.0.0")
package io.drawbridge.net.connection;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
