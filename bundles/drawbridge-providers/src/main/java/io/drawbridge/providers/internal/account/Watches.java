// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.PresenceAbility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who looks at whose presence by one account, and what is shown to whom. Survives sessions: after each sign-in all of it is
 * told the plug-in again, in pace. Presence is a state: what the plug-in has no room for at the moment it is told later, as it
 * stands then. Thread-safe.
 */
final class Watches {
    /** How many of each kind an account may have. */
    static final int MOST = 10_000;

    private final LatestPresence inwards;
    private final Room room;
    private final Map<Right, Boolean> watched = new LinkedHashMap<>();
    private final Map<Right, PresenceDocument> shown = new LinkedHashMap<>();
    private final Pace<Step> outwards;
    private Optional<Session> session = Optional.empty();
    private boolean ended;

    /** Something a plug-in is told of a right, as it stands in that moment. */
    private record Step(Kind kind, Right right) {}

    /** What a plug-in is told. */
    private enum Kind {
        /** Whether somebody looks. */
        LOOK,
        /** What somebody shows. */
        SHOW
    }

    /**
     * Starts with nothing.
     *
     * @param room the memory that what is shown may take
     */
    Watches(Network network, Room room) {
        this.room = room;
        inwards = network.latestPresence();
        outwards = new Pace<>(network.time(), this::tell);
    }

    /** Notes a watch; returns false if there are too many. */
    synchronized boolean add(Right right) {
        return watched.putIfAbsent(right, false) != null || watched.size() <= MOST || watched.remove(right) == null;
    }

    synchronized void remove(Right right) {
        watched.remove(right);
        inwards.forget(right);
    }

    /**
     * Notes what an own user shows, in the place of what it showed before, which holds no longer; returns false if there is no
     * room for it.
     */
    synchronized boolean show(Right right, PresenceDocument document) {
        hide(right);
        if (document.instances().isEmpty()) {
            return true;
        }
        if (ended || shown.size() >= MOST || !room.take(Room.size(document))) {
            return false;
        }
        shown.put(right, document);
        return true;
    }

    /** Forgets what an own user showed, who does not want it any more; returns whether there was something. */
    synchronized boolean hide(Right right) {
        Optional<PresenceDocument> before = Optional.ofNullable(shown.remove(right));
        before.ifPresent(document -> room.giveBack(Room.size(document)));
        return before.isPresent();
    }

    /** Tells the plug-in whether somebody looks. */
    void tellLook(Right right) {
        outwards.now(new Step(Kind.LOOK, right));
    }

    /** Tells the plug-in what somebody shows. */
    void tellShown(Right right) {
        outwards.now(new Step(Kind.SHOW, right));
    }

    /** Tells a session that signed in everything, in pace, for as long as it stays so. */
    void signedIn(Session online) {
        List<Step> steps = new ArrayList<>();
        synchronized (this) {
            session = Optional.of(online);
            watched.keySet().forEach(right -> steps.add(new Step(Kind.LOOK, right)));
            shown.keySet().forEach(right -> steps.add(new Step(Kind.SHOW, right)));
        }
        outwards.all(steps);
    }

    /** Nothing is told any more until the next sign-in. */
    void signedOut() {
        synchronized (this) {
            session = Optional.empty();
        }
        outwards.clear();
    }

    /** Who is not signed in is told everything later. */
    private void tellAll(List<Step> steps) {
        boolean isSignedIn;
        synchronized (this) {
            isSignedIn = session.isPresent();
        }
        if (isSignedIn) {
            outwards.all(steps);
        }
    }

    /** With the lock held, so that whatever changes meanwhile is told afterwards. */
    private synchronized boolean tell(Step step) {
        if (session.isEmpty()) {
            return true;
        }
        Right right = step.right();
        return step.kind() == Kind.SHOW
                ? session.get().show(right.watcher(), shownTo(right))
                : session.get().with(PresenceAbility.class, looking(right));
    }

    private PresenceDocument shownTo(Right right) {
        return Optional.ofNullable(shown.get(right)).orElseGet(() -> PresenceDocument.offline(right.presentity()));
    }

    private Consumer<PresenceAbility> looking(Right right) {
        return watched.containsKey(right)
                ? ability -> ability.watch(right.watcher(), right.presentity())
                : ability -> ability.unwatch(right.watcher(), right.presentity());
    }

    /** Takes what came of a contact to whoever watches; what nobody watches is dropped. */
    void came(Right right, PresenceDocument document) {
        boolean online = document.instances().stream()
                .map(InstancePresence::availability)
                .anyMatch(availability -> availability.isOnline());
        synchronized (this) {
            if (watched.computeIfPresent(right, (same, before) -> online) == null) {
                return;
            }
            inwards.put(right, document);
        }
        inwards.bring(right);
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
            seen.forEach(right -> {
                watched.put(right, false);
                inwards.put(right, PresenceDocument.offline(right.presentity()));
            });
        }
        seen.forEach(inwards::bring);
    }

    /**
     * Gives what concerns some own users to those of another account. The plug-in that looks for them now is told to look no
     * longer, and that of the other account what it is to do from now on, as far as they are signed in.
     */
    void move(Watches other, Predicate<Principal> users) {
        Map<Right, Boolean> looks;
        Map<Right, PresenceDocument> shows;
        synchronized (this) {
            looks = taken(watched, right -> users.test(right.watcher()));
            shows = taken(shown, right -> users.test(right.presentity()));
            shows.values().forEach(document -> room.giveBack(Room.size(document)));
        }
        tellAll(looks.keySet().stream().map(right -> new Step(Kind.LOOK, right)).toList());
        other.take(looks, shows);
    }

    private static <V> Map<Right, V> taken(Map<Right, V> from, Predicate<Right> which) {
        Map<Right, V> taken = new LinkedHashMap<>(from);
        taken.keySet().removeIf(which.negate());
        from.keySet().removeAll(taken.keySet());
        return taken;
    }

    private void take(Map<Right, Boolean> looks, Map<Right, PresenceDocument> shows) {
        List<Step> steps = new ArrayList<>();
        synchronized (this) {
            // What has come there already is newer.
            looks.forEach(watched::putIfAbsent);
            shows.forEach((right, document) -> {
                if (!shown.containsKey(right)) {
                    show(right, document);
                }
            });
            looks.keySet().forEach(right -> steps.add(new Step(Kind.LOOK, right)));
            shows.keySet().forEach(right -> steps.add(new Step(Kind.SHOW, right)));
        }
        tellAll(steps);
    }

    /** Ends it for good: whoever was seen is not to be seen any more. */
    void end() {
        goOffline();
        signedOut();
        synchronized (this) {
            ended = true;
            List.copyOf(shown.keySet()).forEach(this::hide);
        }
    }
}
