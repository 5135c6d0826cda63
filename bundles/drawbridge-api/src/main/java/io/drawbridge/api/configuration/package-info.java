// SPDX-License-Identifier: Apache-2.0
/**
 * Reading configuration by its metatype, so that type, default, range and documentation have one source, and telling
 * what is wrong with it.
 */
@Export
@Version("1.2.0")
package io.drawbridge.api.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
