// SPDX-License-Identifier: Apache-2.0
/**
 * Implemented by vendors: one {@link io.drawbridge.api.provider.Provider} for each public IM network, registered as an
 * OSGi service. A vendor's bundle imports this package and {@code io.drawbridge.api.model}, and nothing else of Drawbridge.
 *
 * <p>The order of calls: {@link io.drawbridge.api.provider.Provider#description()} before anything else; for a native
 * network then, for each account, {@link io.drawbridge.api.provider.NativeProvider#open},
 * {@link io.drawbridge.api.provider.Account#connect}, what the account's abilities offer, and
 * {@link io.drawbridge.api.provider.Account#close}; for a network with a SIP gateway
 * {@link io.drawbridge.api.provider.GatewayProvider#gateway()}, and then
 * {@link io.drawbridge.api.provider.AddressAbility} if it has it.
 */
@Export
@Version("1.2.0")
package io.drawbridge.api.provider;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
