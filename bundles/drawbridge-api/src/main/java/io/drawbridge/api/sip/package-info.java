// SPDX-License-Identifier: Apache-2.0
/**
 * How an in-process SIP element, such as the embedded home, is fed through the listeners of the edge.
 */
@Export
@Version("1.0.0")
package io.drawbridge.api.sip;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
