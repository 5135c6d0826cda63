// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.providers.internal.host.Stage.Happening;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The plug-ins that are there for one provider, in the order they came: one serves, and a newer version of the same bundle
 * may be on trial beside it. What was decided about a version is remembered, also over a restart, for as long as the store
 * keeps it. On the host's thread only.
 */
public final class Versions {
    /** How many versions of a bundle are remembered as taken back. */
    private static final int MOST_TAKEN_BACK = 20;

    private final Store store;
    private final Map<Offer, Stage> stages = new LinkedHashMap<>();
    private final Map<String, Stage> decided;
    /** The one that served before another took its place: the next word of the administrator is about it. */
    private Optional<Offer> former = Optional.empty();

    /** Keeps which version serves and which were taken back, by bundle and version. */
    public interface Store {
        /** Forgets everything. */
        Store NOWHERE = new Store() {
            @Override
            public Map<String, Stage> read() {
                return Map.of();
            }

            @Override
            public void write(Map<String, Stage> decided) {
                // It begins anew with each start.
            }
        };

        /** Returns what was kept; empty if nothing was. */
        Map<String, Stage> read();

        /** Keeps it, what was given last for good. Does not block. */
        void write(Map<String, Stage> decided);
    }

    Versions(Store store) {
        this.store = store;
        decided = new HashMap<>(store.read());
    }

    /** Takes one that came. The version that served before a restart takes its place from whoever came first. */
    void came(Offer offer) {
        Stage before = decided.getOrDefault(key(offer), Stage.WAITS);
        Optional<Offer> serves = serving();
        stages.put(offer, before == Stage.TAKEN_BACK ? before : Stage.WAITS);
        former = Optional.empty();
        if (serves.isEmpty()) {
            happened(offer, Happening.LEFT_ALONE);
        } else if (before == Stage.SERVES && isSameBundle(offer, serves.get())) {
            happened(offer, Happening.RETURNED);
        }
    }

    /** Forgets one that left; if it served, another does. */
    void left(Offer offer) {
        former = former.filter(other -> other != offer);
        if (stages.remove(offer) == Stage.SERVES) {
            successor(offer).ifPresent(next -> happened(next, Happening.LEFT_ALONE));
        }
    }

    /**
     * Who is on trial comes before anybody else, then who served before, then the newest of the same vendor that waits, then
     * who came first; one that was taken back comes last.
     */
    private Optional<Offer> successor(Offer gone) {
        List<Offer> waiting = in(Stage.WAITS);
        return onTrial()
                .or(() -> former.filter(waiting::contains))
                .or(() -> newest(waiting.stream().filter(offer -> isSameBundle(offer, gone))))
                .or(() -> waiting.stream().findFirst())
                .or(() -> newest(in(Stage.TAKEN_BACK).stream()));
    }

    /** Tries the newest that waits and is newer than the one that serves, if a share is configured and none is tried yet. */
    void settle(boolean share) {
        if (!share) {
            onTrial().ifPresent(tried -> happened(tried, Happening.NOT_TRIED));
        } else if (onTrial().isEmpty()) {
            serving()
                    .flatMap(old -> newest(in(Stage.WAITS).stream().filter(offer -> isNewer(offer, old))))
                    .ifPresent(newer -> happened(newer, Happening.TRIED));
        }
    }

    /** Applies the table to one, and to the one whose place it takes. */
    void happened(Offer offer, Happening happening) {
        Stage before = stages.get(offer);
        Stage after = before.after(happening);
        if (after == before) {
            return;
        }
        boolean isBackwards = happening == Happening.PROMOTED
                && serving().filter(old -> isNewer(old, offer)).isPresent();
        if (after == Stage.SERVES) {
            Optional<Offer> served = serving();
            served.ifPresent(this::replaced);
            // Who served until the bundles had started is nobody whom the administrator would want back.
            former = served.filter(old -> happening != Happening.RETURNED);
        }
        stages.put(offer, after);
        if (isBackwards) {
            takeBackNewer(offer);
        }
        if (after == Stage.TAKEN_BACK) {
            decide(offer, after);
        } else if (after == Stage.SERVES && happening != Happening.LEFT_ALONE) {
            decideServes(offer);
        }
    }

    private void replaced(Offer old) {
        boolean wasTakenBack = decided.get(key(old)) == Stage.TAKEN_BACK;
        stages.put(old, Stage.SERVES.after(wasTakenBack ? Happening.ENDED : Happening.REPLACED));
    }

    /** Who goes back to an older version by hand has judged the newer ones: none of them is tried by itself. */
    private void takeBackNewer(Offer older) {
        List.copyOf(stages.keySet()).stream()
                .filter(offer -> isNewer(offer, older))
                .forEach(offer -> happened(offer, Happening.ENDED));
    }

    /**
     * Remembers which version serves, when the bundles have had their time to start. That one serves which was taken back,
     * since there is no other, decides nothing.
     */
    void remember() {
        serving().filter(now -> decided.get(key(now)) != Stage.TAKEN_BACK).ifPresent(this::decideServes);
    }

    private void decideServes(Offer offer) {
        if (decided.get(key(offer)) != Stage.SERVES) {
            decided.values().remove(Stage.SERVES);
            decide(offer, Stage.SERVES);
        }
    }

    private void decide(Offer offer, Stage stage) {
        decided.put(key(offer), stage);
        forgetOldest(offer.bundle());
        store.write(Map.copyOf(decided));
    }

    /** A vendor may deliver for years; what is there now is remembered however old it is. */
    private void forgetOldest(String bundle) {
        List<String> back = decided.entrySet().stream()
                .filter(entry -> entry.getValue() == Stage.TAKEN_BACK)
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith(bundle + "/"))
                .toList();
        if (back.size() > MOST_TAKEN_BACK) {
            back.stream()
                    .filter(key -> stages.keySet().stream().map(Versions::key).noneMatch(key::equals))
                    .sorted(Comparator.comparing(key -> version(key.substring(bundle.length() + 1))))
                    .limit(back.size() - MOST_TAKEN_BACK)
                    .forEach(decided::remove);
        }
    }

    /** Returns the one that serves. */
    Optional<Offer> serving() {
        return in(Stage.SERVES).stream().findFirst();
    }

    /** Returns the one that serves a share. */
    Optional<Offer> onTrial() {
        return in(Stage.ON_TRIAL).stream().findFirst();
    }

    /** Returns the one that a word of the administrator would be about. */
    Optional<Offer> challenger() {
        return onTrial()
                .or(() -> former)
                .or(() -> newest(in(Stage.TAKEN_BACK).stream()))
                .or(() -> newest(in(Stage.WAITS).stream()));
    }

    /** Asks for versions only where there are several: the test kit has one at a time, and no framework beside it. */
    private static Optional<Offer> newest(Stream<Offer> offers) {
        return offers.max((one, other) -> version(one.version()).compareTo(version(other.version())));
    }

    /** Returns those that stand so. */
    List<Offer> in(Stage stage) {
        return stages.entrySet().stream()
                .filter(entry -> entry.getValue() == stage)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The versions of two vendors have nothing to do with each other. */
    private static String key(Offer offer) {
        return offer.bundle() + "/" + offer.version();
    }

    private static boolean isSameBundle(Offer one, Offer other) {
        return one.bundle().equals(other.bundle());
    }

    private static boolean isNewer(Offer one, Offer other) {
        return isSameBundle(one, other) && version(one.version()).compareTo(version(other.version())) > 0;
    }

    private static Version version(String text) {
        return Version.parseVersion(text);
    }
}
