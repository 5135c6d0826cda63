// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.sip;

import io.drawbridge.api.model.HostPort;
import org.osgi.annotation.versioning.ProviderType;

/** A two-way path for SIP messages: a client's TLS connection, or the way to the relay of this edge. Thread-safe. */
@ProviderType
public interface SipFlow {
    /** Identifies the flow for as long as the appliance runs. */
    String id();

    /** Returns what is at the other end. */
    Kind kind();

    /** Returns what Via, Contact and Record-Route should say of this appliance on this flow. */
    HostPort local();

    /** Returns the other end's address and port. */
    HostPort remote();

    /**
     * Sends one whole message.
     *
     * @return false if the flow is closed or its queue is full; nothing was sent then
     */
    boolean send(byte[] message);

    /** Closes the flow; without effect on the way to the relay. */
    void close();

    /** What a flow leads to. */
    enum Kind {
        /** A user's client that connected to a listener of protocol {@code sip-client}. */
        CLIENT,
        /** The relay of this edge: what is sent there is for outside, what comes is from outside. */
        RELAY
    }
}
