// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.RemoteAccess;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.RequestRefused;

/**
 * Keeps users off connections from outside whom the administrator does not let in there (lync-edge 9, 16.1). Asked for
 * each request, so that what is taken back is gone at once.
 */
public final class OutsideAccess {
    private final RemoteAccess access;

    /** Asks {@code access}. */
    public OutsideAccess(RemoteAccess access) {
        this.access = access;
    }

    /** Returns whether a user may use a connection. */
    public boolean permits(SipFlow flow, Address user) {
        return flow.side() == Side.INSIDE || access.permits(user);
    }

    /**
     * Requires it. To be asked only of who proved to be the user: nobody else learns what users may do.
     *
     * @throws RequestRefused 403 if the user may not
     */
    public void require(SipFlow flow, Address user) throws RequestRefused {
        if (!permits(flow, user)) {
            throw new RequestRefused(403, "Not Enabled For Access From Outside");
        }
    }
}
