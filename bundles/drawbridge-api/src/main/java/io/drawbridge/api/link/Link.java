// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.link;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One protocol or network in the eyes of the core: SIP, XMPP, a public network. Registered as a service with the property
 * {@value #ID}; core knows links by nothing else and prefers none. When the service goes, core hands it nothing new, and
 * the link completes what it was given.
 */
@ConsumerType
public interface Link {
    /** Service property: the link's identifier, as {@link io.drawbridge.api.policy.Route.Link} names it. */
    String ID = "drawbridge.link";

    /**
     * Delivers an event that policy let through. Returns at once; events of one pair of principals come one after
     * another and are delivered in that order.
     *
     * @return completes exactly once, within 32 seconds, on any thread; never exceptionally
     */
    CompletionStage<DeliveryOutcome> deliver(Event event);
}
