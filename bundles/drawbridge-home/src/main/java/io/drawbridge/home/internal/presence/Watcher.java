// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.api.home.Question.Origin;
import io.drawbridge.api.model.Address;

/**
 * Somebody who wants to see a user's presence.
 *
 * @param address who
 * @param origin how sure that is
 */
public record Watcher(Address address, Origin origin) {}
