// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.model.Principal;

/**
 * Who sees whose presence.
 *
 * @param watcher who sees
 * @param presentity whose presence
 */
record Right(Principal watcher, Principal presentity) {}
