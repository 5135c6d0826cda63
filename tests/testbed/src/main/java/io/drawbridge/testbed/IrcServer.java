// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

/** A server of an IRC network, on 127.0.0.1. */
public interface IrcServer extends AutoCloseable {
    /** Returns its port for clients in the clear. */
    int port();

    /** Returns its port for clients over TLS. */
    int tlsPort();

    /** Starts it anew on the same ports, stopped before if it still runs. */
    void restart();

    /** Returns the server's process, to kill or freeze it, or read its log. */
    ChildProcess process();

    @Override
    void close();
}
