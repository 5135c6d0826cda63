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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        List<Right> looks;
        List<Right> shows;
        synchronized (this) {
            looks = List.copyOf(watched.keySet());
            shows = List.copyOf(shown.keySet());
        }
        tell(session, looks, shows);
    }

    private void tell(Session session, Collection<Right> looks, Collection<Right> shows) {
        Queue<Predicate<Session>> steps = new ArrayDeque<>();
        looks.forEach(right -> steps.add(to -> look(to, right)));
        shows.forEach(right -> steps.add(to -> show(to, right)));
        tellNext(session, steps);
    }

    /**
     * Gives what concerns some own users to those of another account.
     *
     * @param from the session that looks for them now, which is told to look no longer
     * @param to the session that looks for them from now on, if the other account is signed in
     */
    void move(Watches other, Predicate<Principal> users, Optional<Session> from, Optional<Session> to) {
        Map<Right, Boolean> looks = new LinkedHashMap<>();
        Map<Right, PresenceDocument> shows = new LinkedHashMap<>();
        synchronized (this) {
            watched.forEach((right, online) -> {
                if (users.test(right.watcher())) {
                    looks.put(right, online);
                }
            });
            shown.forEach((right, document) -> {
                if (users.test(right.presentity())) {
                    shows.put(right, document);
                }
            });
            watched.keySet().removeAll(looks.keySet());
            shown.keySet().removeAll(shows.keySet());
        }
        other.take(looks, shows);
        from.ifPresent(session -> {
            Queue<Predicate<Session>> steps = new ArrayDeque<>();
            looks.keySet().forEach(right -> steps.add(old -> lookAway(old, right)));
            tellNext(session, steps);
        });
        to.ifPresent(session -> other.tell(session, looks.keySet(), shows.keySet()));
    }

    private synchronized void take(Map<Right, Boolean> looks, Map<Right, PresenceDocument> shows) {
        // What has come there already is newer.
        looks.forEach(watched::putIfAbsent);
        shows.forEach(shown::putIfAbsent);
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

    private static boolean lookAway(Session session, Right right) {
        return session.with(PresenceAbility.class, account -> account.unwatch(right.watcher(), right.presentity()));
    }

    private boolean show(Session session, Right right) {
        PresenceDocument document = shown.get(right);
        return document == null || session.show(right.watcher(), document);
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
