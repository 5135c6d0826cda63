// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.Address;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link GatewayProvider} whose network writes addresses in a form that only code can tell, such as screen names in lower
 * case and without spaces. Decoration comes on top: what these methods see is never decorated.
 *
 * <p>Both are pure: the same address always gives the same answer, which is kept and not asked for again as long as the
 * plug-in serves. They come on the provider's own threads, several at the same time, do no I/O and return within a second. A
 * call that throws anything but {@link AddressRefused}, or answers an address off the provider's domains, counts against the
 * provider, and the message is refused.
 *
 * <p>A dialog keeps the forms it began with, also when the plug-in is replaced by one that answers otherwise.
 */
@ConsumerType
public interface AddressAbility {
    /**
     * Returns what the network calls somebody.
     *
     * @param written as an own user wrote it, at one of the provider's domains; the user part is plain text, not escaped
     * @throws AddressRefused if the network has no such form
     */
    Address toNetwork(Address written) throws AddressRefused;

    /**
     * Returns what own users call somebody; {@link #toNetwork} leads from there back to {@code known}.
     *
     * @param known as the network wrote it, at one of the provider's domains; the user part is plain text, not escaped
     * @throws AddressRefused if the network breaks its own rule
     */
    default Address fromNetwork(Address known) throws AddressRefused {
        return known;
    }
}
