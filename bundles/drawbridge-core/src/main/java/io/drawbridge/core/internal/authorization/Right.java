// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

import io.drawbridge.api.model.Principal;

/**
 * An ordered pair: the right of one to see the presence of another.
 *
 * @param watcher who wants to see
 * @param presentity whose presence it is
 */
public record Right(Principal watcher, Principal presentity) {}
