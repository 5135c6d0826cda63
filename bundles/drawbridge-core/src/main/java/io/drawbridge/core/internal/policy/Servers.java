// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.FederationRecord;
import java.util.Map;

/**
 * Who stands behind a server, found by the names that a certificate or a federation record has for it.
 *
 * @param <T> who
 * @param byHost by the server's FQDN
 */
record Servers<T>(Map<String, T> byHost) {
    /** Copies the map. */
    Servers {
        byHost = Map.copyOf(byHost);
    }

    /** Returns whose server a certificate names, or null. */
    T of(PeerIdentity peer) {
        if (byHost.isEmpty()) {
            return null;
        }
        for (String name : peer.dnsNames()) {
            T found = byHost.get(name);
            if (found != null) {
                return found;
            }
        }
        return peer.alternativeNames()
                ? null
                : peer.commonName().map(byHost::get).orElse(null);
    }

    /** Returns whose server a federation record names, or null. */
    T of(FederationRecord record) {
        for (HostPort target : record.targets()) {
            T found = byHost.get(target.host());
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
