// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.provider.Decoration;
import io.drawbridge.api.provider.TlsDemands;
import java.util.Optional;

/**
 * How a public provider with a SIP gateway is met.
 *
 * @param proxy the gateway's FQDN and port
 * @param level how far the network's word about its users is taken
 * @param decoration how it names people whose address is at a foreign domain, if it does
 * @param tls what it asks of TLS
 * @param waiting how many requests wait for its plug-in at the moment
 */
public record GatewayStatus(
        HostPort proxy, VerificationLevel level, Optional<Decoration> decoration, TlsDemands tls, int waiting) {}
