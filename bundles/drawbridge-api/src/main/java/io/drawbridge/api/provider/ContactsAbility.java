// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Principal;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An {@link Account} whose network keeps contacts and asks people before others see their presence. Without it everybody
 * who watches sees: Drawbridge answers in the network's place. Called under the terms of the account's other calls.
 */
@ConsumerType
public interface ContactsAbility {
    /**
     * Takes a step of an own user; called while the account is online. A step that comes while it is not is told to the user
     * as failed. Answers come by {@link AccountContext#contact}, maybe days later.
     */
    void contact(Principal from, Principal to, ContactStep step);
}
