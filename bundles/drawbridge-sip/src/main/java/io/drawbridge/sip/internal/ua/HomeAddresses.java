// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Principal;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.time.Instant;
import java.util.Map;

/**
 * How the home itself writes its users. SIP tells users apart that are one principal elsewhere (interworking 6.2.4), so
 * what the home wrote last is what it is addressed by, and an instance is named only if the home named it by a GRUU
 * before. Whom it does not know is remembered for a while, until that user shows itself. Owned by the user agent's thread.
 */
final class HomeAddresses {
    private static final int MOST = 20_000;
    private final Map<Principal, String> users = new Bounded<>(MOST);
    private final Map<Instance, String> gruus = new Bounded<>(MOST);
    private final Map<Principal, Instant> unknown = new Bounded<>(MOST);

    /** Takes note of an address of the home's, whose user is there in any case. */
    void seen(Instance instance, SipUri uri) {
        Principal principal = instance.principal();
        unknown.remove(principal);
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

    /** Takes note that the home says it has no such user, which is believed until then. */
    void unknown(Principal principal, Instant until) {
        unknown.put(principal, until);
    }

    /** Returns whether the home said lately that it has no such user. */
    boolean isUnknown(Principal principal, Instant now) {
        Instant until = unknown.get(principal);
        return until != null && now.isBefore(until);
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
