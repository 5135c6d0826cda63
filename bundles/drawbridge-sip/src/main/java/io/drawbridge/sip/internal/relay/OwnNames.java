// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import java.util.Optional;

/**
 * The names this edge goes by in Via and Record-Route, inside and outside.
 *
 * @param inside host and port towards the home, if there is a listener
 * @param outside host and port towards everybody else, if there is a listener
 */
record OwnNames(Optional<HostPort> inside, Optional<HostPort> outside) {
    private static final int SIPS_PORT = 5061;

    static OwnNames of(Surroundings surroundings) {
        Announcements announcements = surroundings.announcements();
        return new OwnNames(
                announcements
                        .announced(Side.INSIDE, Destinations.PROTOCOL)
                        .or(() -> surroundings.home().map(Hop::announced)),
                announcements.announced(Side.OUTSIDE, Destinations.PROTOCOL));
    }

    boolean contains(HostPort sentBy) {
        return isSame(inside, sentBy) || isSame(outside, sentBy);
    }

    private static boolean isSame(Optional<HostPort> own, HostPort other) {
        return own.isPresent()
                && own.get().host().equals(other.host())
                && own.get().orPort(SIPS_PORT).equals(other.orPort(SIPS_PORT));
    }

    boolean isHost(String host) {
        return isHost(inside, host) || isHost(outside, host);
    }

    private static boolean isHost(Optional<HostPort> own, String host) {
        return own.isPresent() && own.get().host().equals(host);
    }

    /** Returns whether a URI leads to this edge itself rather than to a user. */
    boolean leadsHere(SipUri uri) {
        return uri.isSip() && uri.user().isEmpty() && contains(uri.hostPort());
    }

    boolean leadsHere(NameAddr route) throws SipSyntaxException {
        return leadsHere(route.uri());
    }
}
