// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded home as seen by whoever administers it: its users, where they are registered, and who may see them.
 */
@Export
@Version("1.2.0")
package io.drawbridge.api.home;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
