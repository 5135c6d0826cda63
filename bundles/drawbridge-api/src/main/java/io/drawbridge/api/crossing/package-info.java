// SPDX-License-Identifier: Apache-2.0
/**
 * What crossed the edge, or did not: one {@link io.drawbridge.api.crossing.Crossing} for each request that was decided.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.crossing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
