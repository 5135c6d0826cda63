// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A network that speaks SIP itself, by a gateway of its own, over mutual TLS. Drawbridge relays the messages as they are;
 * the plug-in says what is particular to that gateway and takes no part in the traffic. There are no accounts, so
 * {@link ProviderDescription#settings()} and {@link ProviderDescription#accountSettings()} are empty.
 *
 * <p>What is written otherwise on the network than {@link Gateway#decoration()} can say, is told by {@link AddressAbility}
 * on the same object.
 */
@ConsumerType
public interface GatewayProvider extends Provider {
    /**
     * Returns what is particular to the gateway. Called once, after {@link #description()}, under the same terms: on the
     * provider's own threads, answers within a second, does no I/O, and what it answers is constant for the life of the
     * service.
     */
    Gateway gateway();
}
