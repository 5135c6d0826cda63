// SPDX-License-Identifier: Apache-2.0
/**
 * Who changed what: every change of configuration, and every other act of an administrator.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.audit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
