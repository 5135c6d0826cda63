// SPDX-License-Identifier: Apache-2.0
/**
 * The one place that decides: an {@link io.drawbridge.api.policy.Envelope} goes in, a
 * {@link io.drawbridge.api.policy.Verdict} with the rules that led to it comes out.
 */
@Export
@Version("2.3.0")
package io.drawbridge.api.policy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
