// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Instance;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An {@link Account} whose network shows who is writing. Without it nothing of the kind is sent. Called under the terms of the
 * account's other calls.
 */
@ConsumerType
public interface TypingAbility {
    /** Tells somebody on the network that an own user writes or stopped; called while the account is online. */
    void typing(Instance sender, Instance recipient, String conversation, Composing state);
}
