// SPDX-License-Identifier: Apache-2.0
/**
 * Finding out why: steps actually taken, each with its result and its remedy.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.diagnosis;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
