// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.admission;

import java.time.Instant;
import java.util.Optional;

/**
 * A bundle that asks something of Drawbridge and was not shipped with it: what is known of it before it starts.
 *
 * @param name its symbolic name
 * @param version its version
 * @param installed when it was installed
 * @param violation what it asks that it may not
 * @param signature who signed it
 */
record Applicant(String name, String version, Instant installed, Optional<String> violation, Signature signature) {}
