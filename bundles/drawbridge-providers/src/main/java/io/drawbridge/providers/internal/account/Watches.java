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
import java.util.function.Consumer;

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

    /** Tells a session that signed in everything, in pace, for as long as it goes on. */
    void tell(Session session) {
        Queue<Consumer<PresenceAbility>> calls = new ArrayDeque<>();
        synchronized (this) {
            watched.keySet().forEach(right -> calls.add(account -> account.watch(right.watcher(), right.presentity())));
            shown.forEach((right, document) -> calls.add(account -> account.show(right.watcher(), document)));
        }
        tellNext(session, calls);
    }

    private void tellNext(Session session, Queue<Consumer<PresenceAbility>> calls) {
        for (int i = 0; i < AT_ONCE && !calls.isEmpty(); i++) {
            session.with(PresenceAbility.class, calls.poll());
        }
        if (!calls.isEmpty() && session.lives()) {
            network.time().after(PACE, () -> tellNext(session, calls));
        }
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
