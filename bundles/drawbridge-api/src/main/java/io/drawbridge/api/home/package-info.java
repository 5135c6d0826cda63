// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded home as seen by whoever administers it: its users and where they are registered.
 */
@Export
@Version("1.1.0")
package io.drawbridge.api.home;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
