// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.net.connection.Announcements;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.dns.FederationLocator;
import java.util.List;
import java.util.Optional;

/** What other bundles offer the relay; each may come and go. Thread-safe. */
public interface Surroundings {
    /** Returns who decides. */
    Optional<Policy> policy();

    /** Returns who limits discovered partners. */
    Optional<Safeguards> safeguards();

    /** Returns who opens connections. */
    Connector connector();

    /** Returns who finds servers. */
    FederationLocator locator();

    /** Returns who knows this edge's names. */
    Announcements announcements();

    /** Returns who asks plug-ins for addresses on their networks, while it is there. */
    Optional<NetworkAddresses> networkAddresses();

    /** Returns the embedded home, as long as one runs. */
    Optional<Hop> home();

    /** Returns who wants to know of crossings. */
    List<CrossingListener> listeners();
}
