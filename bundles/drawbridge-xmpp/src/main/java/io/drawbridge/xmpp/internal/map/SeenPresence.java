// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What own users were told of the resources of partners' users, added up to full states. Thread-safe. A state nobody
 * confirms for a day is forgotten.
 */
final class SeenPresence {
    private static final int MOST_CHARACTERS = 24 << 20;
    private static final int MOST_RESOURCES = 32;
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final RecentTable<Pair, List<InstancePresence>> seen;

    SeenPresence(InstantSource clock) {
        seen = new RecentTable<>(
                MOST_CHARACTERS,
                REMEMBERED,
                clock,
                (pair, known) ->
                        Characters.of(pair.watcher()) + Characters.of(pair.presentity()) + Characters.of(known));
    }

    /**
     * Adds what a stanza said to what is known; unavailable presence of no resource speaks of all of them.
     *
     * @return the full state, empty if there are more resources than anybody has
     */
    synchronized Optional<PresenceDocument> add(Principal watcher, Principal presentity, InstancePresence news) {
        Pair pair = new Pair(watcher, presentity);
        Map<String, InstancePresence> known = new LinkedHashMap<>();
        seen.find(pair).ifPresent(before -> before.forEach(presence -> known.put(presence.instance(), presence)));
        boolean online = news.availability().isOnline();
        if (online) {
            known.put(news.instance(), news);
        } else if (news.instance().isEmpty()) {
            known.clear();
        } else {
            known.remove(news.instance());
        }
        if (known.size() > MOST_RESOURCES) {
            return Optional.empty();
        }
        remember(pair, List.copyOf(known.values()));
        List<InstancePresence> document = new ArrayList<>(known.values());
        if (!online && !news.notes().isEmpty()) {
            document.add(news);
        }
        return Optional.of(new PresenceDocument(presentity, document));
    }

    /** Forgets what a watcher knows, and returns whether it saw somebody there. */
    synchronized boolean forget(Principal watcher, Principal presentity) {
        return seen.remove(new Pair(watcher, presentity)).isPresent();
    }

    private void remember(Pair pair, List<InstancePresence> known) {
        if (known.isEmpty()) {
            seen.remove(pair);
        } else {
            seen.put(pair, known);
        }
    }

    /** Returns whether somebody is there as far as a watcher knows. */
    boolean isOnline(Principal watcher, Principal presentity) {
        return seen.find(new Pair(watcher, presentity))
                .filter(known ->
                        known.stream().map(InstancePresence::availability).anyMatch(Availability::isOnline))
                .isPresent();
    }

    /** Who sees whom. */
    private record Pair(Principal watcher, Principal presentity) {}
}
