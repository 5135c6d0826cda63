// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipFlow;

/** The edge's connection to a server of the home. */
interface HomeFlow extends SipFlow {
    @Override
    default Kind kind() {
        return Kind.HOME;
    }

    @Override
    default Side side() {
        return Side.INSIDE;
    }

    @Override
    default HostPort local() {
        return HostPort.of("edge-int.corp.example:5061");
    }

    @Override
    default void close() {
        // The relay's business.
    }
}
