// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.configuration;

import io.drawbridge.api.provider.Gateway;
import io.drawbridge.api.provider.ProviderDescription;
import java.util.Optional;

/**
 * What a plug-in says of itself.
 *
 * @param description what its network is
 * @param gateway what is particular to the network's SIP gateway; empty for a network with accounts
 */
public record Declared(ProviderDescription description, Optional<Gateway> gateway) {}
