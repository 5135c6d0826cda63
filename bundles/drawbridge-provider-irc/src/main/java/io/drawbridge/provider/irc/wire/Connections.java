// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Opens connections for accounts, on threads that are there from the first account that connects to the last that closes. */
public final class Connections {
    private final Trust trust = new Trust();
    private Threads threads;
    private int accounts;

    /** One more account is about to connect. */
    public synchronized void join() {
        if (accounts == 0) {
            threads = new Threads();
        }
        accounts++;
    }

    /** An account that joined has closed its connection; after the last one this waits, seconds at most, for the threads. */
    public void leave() {
        Threads ended = null;
        synchronized (this) {
            if (--accounts == 0) {
                ended = threads;
                threads = null;
            }
        }
        if (ended != null) {
            ended.close();
        }
    }

    /**
     * Opens a connection for an account that joined; what becomes of it is told {@code ear}, after this returned.
     *
     * @param anchors the path of the authorities that the server's certificate leads to, PEM; empty for those Java trusts
     * @param own what the account proves itself by, if by a certificate
     * @throws SSLException if a file cannot be read or does not hold what it should
     */
    public synchronized Wire open(Server server, String anchors, Optional<Own> own, Wire.Ear ear) throws SSLException {
        SslContext context = trust.of(new Trust.Files(anchors, own));
        TlsWire wire = new TlsWire(server, context, ear);
        threads.open(server, wire);
        return wire;
    }
}
