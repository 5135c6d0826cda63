// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.wire;

import java.util.List;

/** A connection to a server, or one that is about to be. Thread-safe, never blocks. */
public interface Wire {
    /** Sends a line; lost without a word if the connection is not there. */
    void send(String line);

    /** Lets more lines come: after some came no others do until this was called. */
    void listen();

    /** Closes once what was sent has left; {@link Ear#down} comes if it has not yet. */
    void close();

    /** Hears of a connection, on its event loop. */
    interface Ear {
        /** TLS stands and the server is who it should be. */
        void up();

        /** Lines came, without their ends; at most what one read brought. */
        void heard(List<String> lines);

        /**
         * It has ended or never was. Comes once, and nothing after it.
         *
         * @param why for the administrator
         */
        void down(String why);
    }
}
