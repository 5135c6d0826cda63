// SPDX-License-Identifier: Apache-2.0
/** Finding the servers of a domain. */
@Export
@Version("1.0.0")
package io.drawbridge.net.dns;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
