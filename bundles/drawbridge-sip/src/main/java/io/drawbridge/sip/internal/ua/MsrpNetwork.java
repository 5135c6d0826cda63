// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Makes and takes MSRP connections for the user agent. Thread-safe. */
interface MsrpNetwork {
    /** Without a listener, there is no MSRP. */
    MsrpNetwork NONE = new MsrpNetwork() {
        @Override
        public Optional<HostPort> local() {
            return Optional.empty();
        }

        @Override
        public void connect(HostPort server, List<String> fingerprints, BiConsumer<MsrpLine, Reason> outcome) {
            outcome.accept(null, Reason.NOT_CONFIGURED);
        }
    };

    /** Returns under which name others connect; empty if they cannot. */
    Optional<HostPort> local();

    /**
     * Connects to an end of a session or to a relay, which proves by its certificate that it is that one.
     *
     * @param fingerprints of its certificate as its description states them; if empty, the certificate must be trusted
     *     and name the host
     * @param outcome gets the line, or null and the reason; on any thread
     */
    void connect(HostPort server, List<String> fingerprints, BiConsumer<MsrpLine, Reason> outcome);
}
