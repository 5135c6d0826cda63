// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers a bundle reports about itself when asked.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.metrics;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
