// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Decoration;
import java.util.Optional;
import java.util.Set;

/**
 * How a public provider is reached by SIP.
 *
 * @param proxy the FQDN and port of its gateway
 * @param decoration how it names people whose address is at a foreign domain, if it does
 * @param capabilities what people can do on it
 * @param translates whether its plug-in writes addresses in a form of the network's besides
 */
public record SipGateway(
        HostPort proxy, Optional<Decoration> decoration, Set<Capability> capabilities, boolean translates) {
    /** Copies the capabilities. */
    public SipGateway {
        capabilities = Set.copyOf(capabilities);
    }
}
