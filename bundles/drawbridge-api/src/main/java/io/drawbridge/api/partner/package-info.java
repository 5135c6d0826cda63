// SPDX-License-Identifier: Apache-2.0
/**
 * The partners that are reached by translation: what is configured for them, for policy and for the link alike.
 */
@Export
@Version("1.3.0")
package io.drawbridge.api.partner;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
