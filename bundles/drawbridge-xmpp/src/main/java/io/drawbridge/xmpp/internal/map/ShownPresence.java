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

/**
 * What partners' users were told of own users, so that a full state becomes the stanzas that tell the difference (RFC 8048
 * section 4.2). Thread-safe.
 */
final class ShownPresence {
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final RecentTable<Pair, Shown> shown;

    ShownPresence(InstantSource clock) {
        shown = new RecentTable<>(
                MOST_CHARACTERS,
                REMEMBERED,
                clock,
                (pair, told) -> Characters.of(pair.watcher())
                        + Characters.of(pair.presentity())
                        + Characters.of(told.instances()));
    }

    /** Sees to it that a watcher who probed is told everything next time, also what did not change. */
    synchronized void probed(Principal watcher, Principal presentity) {
        Pair pair = new Pair(watcher, presentity);
        Shown before = shown.find(pair).orElse(Shown.NOTHING);
        shown.put(pair, new Shown(before.instances(), true));
    }

    /** Takes a state as told and returns what of it the watcher does not know yet. */
    synchronized List<InstancePresence> difference(Principal watcher, PresenceDocument document) {
        Pair pair = new Pair(watcher, document.presentity());
        Shown before = shown.find(pair).orElse(Shown.NOTHING);
        Map<String, InstancePresence> known = byInstance(before.instances());
        List<InstancePresence> news = new ArrayList<>();
        for (InstancePresence now : document.instances()) {
            InstancePresence last = known.remove(now.instance());
            boolean worthTelling = now.availability().isOnline()
                    || !now.notes().isEmpty()
                    || (last != null && last.availability().isOnline());
            if (worthTelling && (before.repeat() || !now.equals(last))) {
                news.add(now);
            }
        }
        for (InstancePresence gone : known.values()) {
            if (gone.availability().isOnline()) {
                news.add(InstancePresence.of(gone.instance(), Availability.OFFLINE));
            }
        }
        if (news.isEmpty() && before.repeat()) {
            news.add(InstancePresence.of("", Availability.OFFLINE));
        }
        if (document.instances().isEmpty()) {
            shown.remove(pair);
        } else {
            shown.put(pair, new Shown(document.instances(), false));
        }
        return news;
    }

    /** Forgets what a watcher was told, and returns the instances it takes for available. */
    synchronized List<String> forget(Principal watcher, Principal presentity) {
        return shown.remove(new Pair(watcher, presentity)).orElse(Shown.NOTHING).instances().stream()
                .filter(presence -> presence.availability().isOnline())
                .map(InstancePresence::instance)
                .toList();
    }

    /** Returns whether a watcher takes an own user for available. */
    boolean isOnline(Principal watcher, Principal presentity) {
        return shown.find(new Pair(watcher, presentity)).orElse(Shown.NOTHING).instances().stream()
                .map(InstancePresence::availability)
                .anyMatch(Availability::isOnline);
    }

    private static Map<String, InstancePresence> byInstance(List<InstancePresence> instances) {
        Map<String, InstancePresence> found = new LinkedHashMap<>();
        instances.forEach(presence -> found.put(presence.instance(), presence));
        return found;
    }

    /** What one watcher was told last, and whether it is told again. */
    private record Shown(List<InstancePresence> instances, boolean repeat) {
        static final Shown NOTHING = new Shown(List.of(), false);
    }

    /** Who sees whom. */
    private record Pair(Principal watcher, Principal presentity) {}
}
