// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.drawbridge.api.model.Side;

/** Under which own identity outgoing connections are made, as configured at this moment. Thread-safe, never blocks. */
public interface Credentials {
    /**
     * Returns what a new connection needs: the identity of the listener for this side and protocol, else of another
     * listener on this side.
     *
     * @throws NoCredentials if there is no such listener or its identity is not usable
     */
    ClientCredentials client(Side side, String protocol) throws NoCredentials;
}
