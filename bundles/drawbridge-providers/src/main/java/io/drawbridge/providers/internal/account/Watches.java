// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.PresenceAbility;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * Who looks at whose presence by one account, and what was shown to whom. Survives sessions: after each sign-in all of it
 * is told the plug-in again, in pace. Thread-safe.
 */
final class Watches {
    /** How many of each kind an account may have. */
    static final int MOST = 10_000;

    private static final int AT_ONCE = 50;
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Network network;
    private final Map<Right, Boolean> watched = new LinkedHashMap<>();
    private final Map<Right, PresenceDocument> shown = new LinkedHashMap<>();

    Watches(Network network) {
        this.network = network;
    }

    /** Notes a watch; returns false if there are too many. */
    synchronized boolean add(Right right) {
        return watched.putIfAbsent(right, false) != null || watched.size() <= MOST || watched.remove(right) == null;
    }

    synchronized void remove(Right right) {
        watched.remove(right);
    }

    /** Notes what an own user shows; returns false if there are too many. */
    synchronized boolean show(Right right, PresenceDocument document) {
        if (document.instances().isEmpty()) {
            shown.remove(right);
            return true;
        }
        if (shown.size() >= MOST && !shown.containsKey(right)) {
            return false;
        }
        shown.put(right, document);
        return true;
    }

    /** Notes what is told about a contact; returns whether somebody watches. */
    synchronized boolean told(Right right, PresenceDocument document) {
        boolean online = document.instances().stream()
                .map(InstancePresence::availability)
                .anyMatch(availability -> availability.isOnline());
        return watched.computeIfPresent(right, (same, before) -> online) != null;
    }

    /** Forgets what an own user showed, who does not want it any more; returns whether there was something. */
    synchronized boolean hide(Right right) {
        return shown.remove(right) != null;
    }

    /** Tells a session that signed in everything, in pace, for as long as it goes on. */
    void tell(Session session) {
        Queue<Predicate<Session>> steps = new ArrayDeque<>();
        synchronized (this) {
            watched.keySet().forEach(right -> steps.add(to -> look(to, right)));
            shown.keySet().forEach(right -> steps.add(to -> show(to, right)));
        }
        tellNext(session, steps);
    }

    private void tellNext(Session session, Queue<Predicate<Session>> steps) {
        // With the lock held: what ends just now is told to have ended afterwards.
        synchronized (this) {
            for (int i = 0; i < AT_ONCE && !steps.isEmpty() && steps.peek().test(session); i++) {
                steps.poll();
            }
        }
        if (!steps.isEmpty() && session.lives()) {
            network.time().after(PACE, () -> tellNext(session, steps));
        }
    }

    /** Tells what still holds; returns false if there is no room for it. */
    private boolean look(Session session, Right right) {
        return !watched.containsKey(right)
                || session.with(PresenceAbility.class, account -> account.watch(right.watcher(), right.presentity()));
    }

    private boolean show(Session session, Right right) {
        PresenceDocument document = shown.get(right);
        return document == null
                || session.with(PresenceAbility.class, account -> account.show(right.watcher(), document));
    }

    /** Tells watchers that contacts whom they saw are not to be seen any more. */
    void goOffline() {
        List<Right> seen = new ArrayList<>();
        synchronized (this) {
            watched.forEach((right, online) -> {
                if (online) {
                    seen.add(right);
                }
            });
            seen.forEach(right -> watched.put(right, false));
        }
        for (Right right : seen) {
            Principal contact = right.presentity();
            network.bring(new Event.Presence(right.watcher(), PresenceDocument.offline(contact)));
        }
    }
}
