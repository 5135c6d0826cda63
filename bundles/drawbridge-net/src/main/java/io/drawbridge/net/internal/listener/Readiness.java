// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.net.internal.tls.ClientTls;
import io.drawbridge.net.internal.tls.ServerTls;
import io.drawbridge.net.internal.tls.TlsIdentity;

/**
 * All that a listener with a valid identity needs for new connections; replaced as a whole.
 *
 * @param settings under which it was prepared
 * @param identity under which it was prepared
 * @param hostName to announce, a name of the certificate
 * @param server for accepted connections
 * @param client for outgoing ones
 */
record Readiness(ListenerSettings settings, TlsIdentity identity, String hostName, ServerTls server, ClientTls client) {
    boolean isFor(ListenerSettings wanted, TlsIdentity presented) {
        return settings.equals(wanted) && identity.equals(presented);
    }
}
