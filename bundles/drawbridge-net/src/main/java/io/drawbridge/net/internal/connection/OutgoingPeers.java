// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.connection;

import io.drawbridge.api.directory.PeerStatus;
import java.util.List;

/** The peers this appliance connects to; registered by the connector, published with the incoming ones. */
public interface OutgoingPeers {
    /** Returns every destination known now. Thread-safe. */
    List<PeerStatus> outgoing();
}
