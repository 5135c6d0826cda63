// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * One of the two organisations of the demonstration. Each has a loopback address of its own, so that both can use the
 * ports the world uses.
 *
 * @param name short name, also of its folder
 * @param domain its SIP domain
 * @param address the loopback address its appliance listens on
 * @param shellPort port of its shell
 * @param metricsPort port of its metrics and health
 * @param home its folder
 */
record Organisation(String name, String domain, String address, int shellPort, int metricsPort, Path home) {
    private static final int FEDERATION_PORT = 5061;
    private static final int CLIENT_PORT = 5062;
    private static final int XMPP_PORT = 5269;

    /** Returns the host name of its edge, in its certificate and its SRV record. */
    String edge() {
        return "sip." + domain;
    }

    int federationPort() {
        return FEDERATION_PORT;
    }

    InetSocketAddress xmpp() {
        return new InetSocketAddress(address, XMPP_PORT);
    }

    InetSocketAddress federation() {
        return new InetSocketAddress(address, FEDERATION_PORT);
    }

    InetSocketAddress clients() {
        return new InetSocketAddress(address, CLIENT_PORT);
    }

    int clientPort() {
        return CLIENT_PORT;
    }
}
