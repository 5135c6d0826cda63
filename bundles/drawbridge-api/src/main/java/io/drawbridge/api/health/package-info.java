// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the appliance is well: the results of all health checks.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
