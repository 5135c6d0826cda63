// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.providers.internal.host.Stage.Happening;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * The plug-ins that are there for one provider, in the order they came: one serves, and a newer version of the same bundle
 * may be on trial beside it. What was decided about a version is remembered, also over a restart, for as long as the store
 * keeps it. On the host's thread only.
 */
public final class Versions {
    private final Store store;
    private final Map<Offer, Stage> stages = new LinkedHashMap<>();
    private final Map<String, Stage> decided;

    /** Keeps which version serves, and which were taken back. */
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
        Stage before = decided.getOrDefault(offer.version(), Stage.WAITS);
        boolean isFirst = serving().isEmpty();
        stages.put(offer, before == Stage.TAKEN_BACK ? before : Stage.WAITS);
        boolean servedBefore = before == Stage.SERVES
                && serving().filter(other -> isSameBundle(offer, other)).isPresent();
        if (isFirst) {
            happened(offer, Happening.LEFT_ALONE);
        } else if (servedBefore) {
            happened(offer, Happening.PROMOTED);
        }
    }

    /** Forgets one that left. Whoever was on trial takes its place before anybody else. */
    void left(Offer offer) {
        if (stages.remove(offer) == Stage.SERVES) {
            onTrial()
                    .or(() -> stages.keySet().stream().findFirst())
                    .ifPresent(next -> happened(next, Happening.LEFT_ALONE));
        }
    }

    /** Tries the newest that waits and is newer than the one that serves, if a share is configured and none is tried yet. */
    void settle(boolean share) {
        if (!share) {
            onTrial().ifPresent(tried -> happened(tried, Happening.NOT_TRIED));
        } else if (onTrial().isEmpty()) {
            serving()
                    .flatMap(old -> in(Stage.WAITS).stream()
                            .filter(offer ->
                                    isSameBundle(offer, old) && version(offer).compareTo(version(old)) > 0)
                            .max(Comparator.comparing(Versions::version)))
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
        if (after == Stage.SERVES) {
            serving().ifPresent(old -> stages.put(old, replaced(old)));
        }
        stages.put(offer, after);
        if (after == Stage.TAKEN_BACK) {
            decided.put(offer.version(), after);
            store.write(Map.copyOf(decided));
        } else if (after == Stage.SERVES && happening != Happening.LEFT_ALONE) {
            remember();
        }
    }

    private Stage replaced(Offer old) {
        boolean wasTakenBack = decided.get(old.version()) == Stage.TAKEN_BACK;
        return wasTakenBack ? Stage.TAKEN_BACK : Stage.SERVES.after(Happening.REPLACED);
    }

    /** Remembers which version serves: when that was decided, or when the bundles have had their time to start. */
    void remember() {
        Optional<String> now = serving().map(Offer::version);
        if (now.isPresent() && decided.get(now.get()) != Stage.SERVES) {
            decided.values().remove(Stage.SERVES);
            decided.put(now.get(), Stage.SERVES);
            store.write(Map.copyOf(decided));
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
        return onTrial().or(() -> newest(Stage.TAKEN_BACK)).or(() -> newest(Stage.WAITS));
    }

    private Optional<Offer> newest(Stage stage) {
        return in(stage).stream().max(Comparator.comparing(Versions::version));
    }

    /** Returns those that stand so. */
    List<Offer> in(Stage stage) {
        return stages.entrySet().stream()
                .filter(entry -> entry.getValue() == stage)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isEmpty() {
        return stages.isEmpty();
    }

    private static boolean isSameBundle(Offer one, Offer other) {
        return one.bundle().equals(other.bundle());
    }

    private static Version version(Offer offer) {
        return Version.parseVersion(offer.version());
    }
}
