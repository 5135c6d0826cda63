// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The discovered partners that are kept in mind, by certificate, up to a number. Thread-safe.
 *
 * <p>Being forgotten must not be a way out of a limit. When the list is full, those make room that were silent for 30
 * days, then those with the fewest contacts among the unsuspicious, since they gain least; a partner under a limit
 * stays. If nobody can make room, newcomers share one watch, and with it one rate.
 */
final class WatchList {
    private static final Logger LOG = LoggerFactory.getLogger(WatchList.class);
    private static final Duration FORGOTTEN = Duration.ofDays(30);
    /** How long not to look again for room after none was found, so that a full list costs newcomers no search each. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ConcurrentMap<String, Watch> watches = new ConcurrentHashMap<>();
    private final Watch rest;
    private Instant noRoomUntil = Instant.MIN;

    WatchList(Instant now) {
        rest = Watch.ofTheRest(now);
    }

    /** Returns the watch on a peer, a new one if it is a stranger. */
    Watch on(PeerIdentity peer, Instant now, Limits limits) {
        Watch known = watches.get(peer.fingerprint());
        return known != null ? known : added(peer, now, limits);
    }

    /** Returns the watch on a peer, or null for a stranger. */
    Watch known(String fingerprint) {
        return watches.get(fingerprint);
    }

    Collection<Watch> all() {
        return List.copyOf(watches.values());
    }

    int size() {
        return watches.size();
    }

    private synchronized Watch added(PeerIdentity peer, Instant now, Limits limits) {
        if (watches.size() >= limits.watched() && !madeRoom(now, limits)) {
            Watch known = watches.get(peer.fingerprint());
            return known != null ? known : rest;
        }
        return watches.computeIfAbsent(peer.fingerprint(), fingerprint -> new Watch(peer, now));
    }

    private boolean madeRoom(Instant now, Limits limits) {
        if (now.isBefore(noRoomUntil)) {
            return false;
        }
        List<Watch> leaving = leaving(now, limits);
        leaving.forEach(watch -> watches.remove(watch.fingerprint()));
        boolean room = watches.size() < limits.watched();
        noRoomUntil = room ? Instant.MIN : now.plus(PAUSE);
        if (!room) {
            LOG.warn(
                    "All {} discovered partners kept in mind are under a limit: further ones share one rate",
                    watches.size());
        }
        return room;
    }

    private List<Watch> leaving(Instant now, Limits limits) {
        Instant silentSince = now.minus(FORGOTTEN);
        List<Candidate> candidates = new ArrayList<>();
        for (Watch watch : watches.values()) {
            boolean forgotten = watch.seen().isBefore(silentSince);
            if (forgotten || watch.throttling(limits) == Throttling.STANDARD) {
                candidates.add(new Candidate(watch, forgotten, watch.contacts(), watch.seen()));
            }
        }
        int wanted = Math.max(1, limits.watched() * limits.forgottenPercent() / 100)
                + Math.max(0, watches.size() - limits.watched());
        return candidates.stream()
                .sorted(Candidate.FIRST_TO_LEAVE)
                .limit(wanted)
                .map(Candidate::watch)
                .toList();
    }

    /** A watch as it was when room was sought: sorting needs values that stand still. */
    private record Candidate(Watch watch, boolean forgotten, int contacts, Instant seen) {
        static final Comparator<Candidate> FIRST_TO_LEAVE = Comparator.comparing(Candidate::forgotten)
                .reversed()
                .thenComparingInt(Candidate::contacts)
                .thenComparing(Candidate::seen);
    }
}
