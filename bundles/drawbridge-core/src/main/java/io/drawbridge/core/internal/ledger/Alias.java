// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.model.Principal;

/**
 * A short name for one of a principal's instances.
 *
 * @param principal whose instance it is
 * @param name the short name
 */
public record Alias(Principal principal, String name) {}
