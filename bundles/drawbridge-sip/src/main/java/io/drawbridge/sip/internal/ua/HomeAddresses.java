// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.util.Map;

/**
 * How the home itself writes its users. SIP tells users apart that are one principal elsewhere (interworking 6.2.4), so
 * what the home wrote last is what it is addressed by, and an instance is named only if the home named it by a GRUU
 * before. Owned by the user agent's thread.
 */
final class HomeAddresses {
    private static final int MOST = 20_000;
    private final Map<Principal, String> users = new Bounded<>(MOST);
    private final Map<Instance, String> gruus = new Bounded<>(MOST);

    /** Takes note of an address of the home's. */
    void seen(Instance instance, SipUri uri) {
        Principal principal = instance.principal();
        String written = "sip:" + uri.user() + "@" + principal.domain();
        if (written.equals(SipAddresses.uri(principal))) {
            users.remove(principal);
        } else {
            users.put(principal, written);
        }
        if (!instance.isAny() && uri.parameters().has("gr")) {
            gruus.put(instance, written + ";gr=" + uri.parameters().first("gr").orElseThrow());
        }
    }

    /** Returns the URI that reaches somebody at the home. */
    String uri(Principal principal) {
        String written = users.get(principal);
        return written == null ? SipAddresses.uri(principal) : written;
    }

    /** Returns the URI that reaches an instance at the home, or the principal if the home has not named the instance. */
    String uri(Instance instance) {
        String gruu = gruus.get(instance);
        return gruu == null ? uri(instance.principal()) : gruu;
    }
}
