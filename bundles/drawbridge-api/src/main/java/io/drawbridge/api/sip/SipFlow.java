// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.sip;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import org.osgi.annotation.versioning.ProviderType;

/** A two-way path for SIP messages: a client's TLS connection, or the way to the relay of this edge. Thread-safe. */
@ProviderType
public interface SipFlow {
    /** Identifies the flow for as long as the appliance runs. */
    String id();

    /** Returns what is at the other end. */
    Kind kind();

    /** Returns the side of the edge it comes in on; the ways within this appliance are inside. */
    Side side();

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

    /** Returns the name of what is at the other end, for people: a certificate's name, or the address. */
    default String name() {
        return remote().toString();
    }

    /** Closes the flow; without effect on the ways within this appliance. */
    void close();

    /** What a flow leads to. */
    enum Kind {
        /** A user's client that connected to a listener of protocol {@code sip-client}. */
        CLIENT,
        /** The relay of this edge: what is sent there is for outside, what comes is from outside. */
        RELAY,
        /** The organisation's home, as the gateway's user agent reaches it: a next hop or the embedded one. */
        HOME
    }
}
