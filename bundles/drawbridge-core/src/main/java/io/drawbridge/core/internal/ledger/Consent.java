// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.model.Address;

/**
 * That a user of the home lets somebody see their presence.
 *
 * @param user who lets, folded
 * @param watcher who may, folded
 */
public record Consent(Address user, Address watcher) {}
