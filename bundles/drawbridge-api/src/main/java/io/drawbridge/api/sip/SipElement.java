// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.sip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A SIP element inside this appliance, fed with whole, bounded messages by the same listeners that serve the relay.
 * Registered as a service; while it is, the relay uses it as the home if no next hop is configured.
 *
 * <p>Calls for one flow come one after another, in the order of the wire, on the flow's event loop; they return at
 * once.
 */
@ConsumerType
public interface SipElement {
    /** A client connected, or the relay can be reached. */
    void opened(SipFlow flow);

    /**
     * A complete SIP message arrived. It passed the limits on size, header count and framing, nothing else.
     *
     * @param message the octets from start line to body; the element may keep the array
     */
    void received(SipFlow flow, byte[] message);

    /** The flow is gone; what was sent on it and not answered will not be. */
    void closed(SipFlow flow);
}
