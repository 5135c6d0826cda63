// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.provider;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import java.util.Optional;

/**
 * What is particular to the SIP gateway of a network: presets, which an administrator may change for another gateway that
 * speaks the same, and demands, which are told to people. A call may hold what {@link ProviderDescription#capabilities()}
 * holds of {@link Capability#AUDIO} and {@link Capability#VIDEO}; files and a third person are always refused.
 *
 * @param proxy the gateway's FQDN, which its certificate must name, and port; preset of {@code proxyFqdn}
 * @param verificationLevel how far the network's word about its users is taken; preset of {@code verificationLevel}
 * @param tls what the gateway asks of TLS
 * @param decoration how it names people whose address is at a foreign domain, if it does; preset of the keys that begin with
 *     {@code nameDecoration}
 */
public record Gateway(
        HostPort proxy, VerificationLevel verificationLevel, TlsDemands tls, Optional<Decoration> decoration) {
    /** The port of SIP over TLS (RFC 3261 section 19.1.2). */
    public static final int DEFAULT_PORT = 5061;

    /** States the port. */
    public Gateway {
        proxy = proxy.orPort(DEFAULT_PORT);
    }

    /**
     * Returns a gateway whose word is taken, that asks nothing of TLS and decorates nothing.
     *
     * @param proxy its FQDN, or FQDN and port
     * @throws IllegalArgumentException if it is neither
     */
    public static Gateway at(String proxy) {
        return new Gateway(HostPort.of(proxy), VerificationLevel.ALWAYS_VERIFIABLE, TlsDemands.NONE, Optional.empty());
    }

    /** Returns this with another verification level. */
    public Gateway verified(VerificationLevel level) {
        return new Gateway(proxy, level, tls, decoration);
    }

    /** Returns this with demands on TLS. */
    public Gateway demanding(TlsDemands demands) {
        return new Gateway(proxy, verificationLevel, demands, decoration);
    }

    /** Returns this with decorated addresses. */
    public Gateway decorating(Decoration naming) {
        return new Gateway(proxy, verificationLevel, tls, Optional.of(naming));
    }
}
