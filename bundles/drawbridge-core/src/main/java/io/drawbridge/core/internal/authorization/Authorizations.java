// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * Every right that is known, in memory, so that deciding costs no query; the ledger holds the same. Besides, what no
 * restart needs to survive by itself: which watches are open and when each was last asked for. Thread-safe; steps about
 * one right are kept apart by whoever takes them.
 */
public final class Authorizations {
    private final ConcurrentMap<Right, Entitlement> rights = new ConcurrentHashMap<>();
    private final ConcurrentMap<Right, PresenceDocument> presence = new ConcurrentHashMap<>();
    private final ConcurrentMap<Right, Watched> watches = new ConcurrentHashMap<>();
    private final ConcurrentMap<DomainName, Integer> watchesByDomain = new ConcurrentHashMap<>();
    private final ConcurrentMap<Principal, Integer> watchesOnUser = new ConcurrentHashMap<>();
    private volatile boolean ready;

    /** Returns whether the ledger has been read, so that a right that is not known does not exist. */
    public boolean ready() {
        return ready;
    }

    /** Takes what the ledger holds in place of what was known. */
    public void load(Map<Right, Entitlement> known, Map<Right, PresenceDocument> seen) {
        ready = false;
        rights.clear();
        presence.clear();
        watches.keySet().forEach(this::close);
        rights.putAll(known);
        presence.putAll(seen);
        ready = true;
    }

    /** Returns where a right stands. */
    public Entitlement of(Right right) {
        return rights.getOrDefault(right, Entitlement.NONE);
    }

    /** Puts a right where it stands from now on. */
    public void put(Right right, Entitlement entitlement) {
        if (entitlement.equals(Entitlement.NONE)) {
            rights.remove(right);
        } else {
            rights.put(right, entitlement);
        }
        if (entitlement.phase() != Phase.GRANTED) {
            presence.remove(right);
            close(right);
        }
    }

    /** Returns the presence a watcher was last shown. */
    public Optional<PresenceDocument> presence(Right right) {
        return Optional.ofNullable(presence.get(right));
    }

    /** Remembers the presence a watcher was shown; returns whether it is news. */
    public boolean show(Right right, PresenceDocument document) {
        return !document.equals(presence.put(right, document));
    }

    /** A watch is open, whoever opened it. */
    public void open(Right right, Instant now) {
        attempt(right, now).succeeded();
    }

    /** Begins to open a watch, or to ask for it again. It counts as open from now on, unless all that is tried fails. */
    public Attempt attempt(Right right, Instant now) {
        Watched watched = watches.compute(right, (key, before) -> {
            if (before == null) {
                watchesByDomain.merge(right.watcher().domain(), 1, Integer::sum);
                watchesOnUser.merge(right.presentity(), 1, Integer::sum);
            }
            Watched begun = before == null ? new Watched() : before;
            begun.underWay++;
            begun.asked = now;
            return begun;
        });
        return new Attempt(right, watched);
    }

    /** Returns when a watch that is open, or is being opened, was last asked for. */
    public Optional<Instant> opened(Right right) {
        return Optional.ofNullable(watches.get(right)).map(watched -> watched.asked);
    }

    /** Returns whether a watch is known to be open; what is still being tried may fail. */
    public boolean stands(Right right) {
        Watched watched = watches.get(right);
        return watched != null && watched.stands;
    }

    /** Closes a watch; what is still tried does not open it again. */
    public void close(Right right) {
        watches.computeIfPresent(right, (key, watched) -> without(right));
    }

    private Watched without(Right right) {
        watchesByDomain.computeIfPresent(right.watcher().domain(), Authorizations::oneLess);
        watchesOnUser.computeIfPresent(right.presentity(), Authorizations::oneLess);
        return null;
    }

    private static <K> Integer oneLess(K key, Integer count) {
        return count == 1 ? null : count - 1;
    }

    /** Returns how many watches the users of a domain have open. */
    public int watchesBy(DomainName domain) {
        return watchesByDomain.getOrDefault(domain, 0);
    }

    /** Returns how many watches are open on somebody. */
    public int watchesOn(Principal presentity) {
        return watchesOnUser.getOrDefault(presentity, 0);
    }

    /** Returns how many watches are open. */
    public int watches() {
        return watches.size();
    }

    /** Returns how many rights are known. */
    public int size() {
        return rights.size();
    }

    /** Shows every right, without order. */
    public void forEach(BiConsumer<Right, Entitlement> reader) {
        rights.forEach(reader);
    }

    /** Returns the rights that nobody has and that were not refused lately, so that nothing is lost by forgetting them. */
    public List<Right> forgettable(Duration refusalsKept, Instant now) {
        return rights.entrySet().stream()
                .filter(entry -> entry.getValue().forgettable(refusalsKept, now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A watch that is open or being opened. It changes only while the map computes its entry. */
    private static final class Watched {
        private volatile Instant asked;
        private int underWay;
        private volatile boolean stands;
    }

    /** One try to open a watch. Others may be made before its end is known; it ends once. */
    public final class Attempt {
        private final Right right;
        private final Watched watched;

        private Attempt(Right right, Watched watched) {
            this.right = right;
            this.watched = watched;
        }

        /** The watch is open. */
        public void succeeded() {
            end(true);
        }

        /** The watch is not open by this; it is closed unless it was before, or another attempt opens it. */
        public void failed() {
            end(false);
        }

        private void end(boolean opened) {
            watches.computeIfPresent(right, (key, present) -> {
                if (present != watched) {
                    return present;
                }
                watched.underWay--;
                watched.stands |= opened;
                return watched.stands || watched.underWay > 0 ? watched : without(right);
            });
        }
    }
}
