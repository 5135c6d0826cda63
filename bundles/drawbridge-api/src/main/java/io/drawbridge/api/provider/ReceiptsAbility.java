// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Receipt;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An {@link Account} whose network knows receipts. Without it none are sent. Called under the terms of the account's other
 * calls.
 */
@ConsumerType
public interface ReceiptsAbility {
    /** Tells somebody on the network what became of a message; called while the account is online. */
    void receipt(Instance sender, Instance recipient, String conversation, Receipt receipt);
}
