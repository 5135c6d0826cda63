// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.WatchedPeer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The periodic summary of the discovered partners in the log. */
public final class WatchReport {
    private static final int SHOWN = 10;

    private final InstantSource clock;
    private final DiscoverySafeguards safeguards;
    private final Consumer<String> log;
    private Instant last;

    /**
     * Starts the first period now.
     *
     * @param log takes one line after another
     */
    public WatchReport(InstantSource clock, DiscoverySafeguards safeguards, Consumer<String> log) {
        this.log = log;
        this.clock = clock;
        this.safeguards = safeguards;
        last = clock.instant();
    }

    /** Writes the summary if a period has passed since the last one and there is anything to say. One thread calls. */
    public void writeIfDue() {
        Instant now = clock.instant();
        if (now.isBefore(last.plus(safeguards.limits().reportPeriod()))) {
            return;
        }
        last = now;
        List<WatchedPeer> peers = safeguards.watchList();
        if (peers.isEmpty()) {
            return;
        }
        Map<Reason, Long> refused = safeguards.refused();
        log.accept(String.format(
                "%d discovered partners; refused since start: %d for their rate, %d for their contacts, %d blocked",
                peers.size(),
                refused.get(Reason.RATE_EXCEEDED),
                refused.get(Reason.TOO_MANY_CONTACTS),
                refused.get(Reason.PEER_BLOCKED)));
        for (WatchedPeer peer : peers.subList(0, Math.min(SHOWN, peers.size()))) {
            log.accept(String.format(
                    "Discovered partner %s of %s: %s, %d contacts, domains %s, ruling %s",
                    peer.fingerprint(),
                    peer.subject(),
                    peer.throttling(),
                    peer.contacts(),
                    peer.domains(),
                    peer.ruling()));
        }
    }
}
