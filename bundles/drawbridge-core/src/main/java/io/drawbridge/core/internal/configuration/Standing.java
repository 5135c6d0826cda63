// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All configuration of the core as Config Admin holds it, and what follows from it. Immutable; a change gives a new one
 * and is put together afresh, so that a refused PID is tried again whenever anything else changes.
 *
 * <p>A PID that is flawed or contradicts what comes before it is refused, and its last good version stands in for it,
 * less whatever contradicts the rest by now. If there never was a good version, what is right of it counts.
 */
final class Standing {
    /** Before anything is configured. */
    static final Standing NOTHING = new Standing(Map.of(), Map.of());

    private final Map<Kind, NavigableMap<String, Reading>> readings;
    private final Map<String, Entry> good = new HashMap<>();
    private final List<InvalidSetting> problems = new ArrayList<>();
    private final List<InvalidSetting> remarks = new ArrayList<>();
    private final InForce inForce;

    private Standing(Map<Kind, NavigableMap<String, Reading>> readings, Map<String, Entry> goodBefore) {
        this.readings = readings;
        Draft draft = new Draft();
        for (Kind kind : Kind.values()) {
            readings.getOrDefault(kind, new TreeMap<>())
                    .forEach((pid, reading) -> admit(pid, reading, goodBefore.get(pid), draft));
        }
        inForce = draft.freeze();
    }

    /**
     * Returns what stands after changes.
     *
     * @param changes by PID: the new properties, or empty for a deletion; PIDs of others are ignored
     */
    Standing with(Map<String, Optional<Map<String, Object>>> changes) {
        Map<Kind, NavigableMap<String, Reading>> changed = new EnumMap<>(Kind.class);
        readings.forEach((kind, pids) -> changed.put(kind, new TreeMap<>(pids)));
        Map<String, Entry> goodBefore = new HashMap<>(good);
        changes.forEach((pid, properties) -> Kind.of(pid).ifPresent(kind -> {
            NavigableMap<String, Reading> pids = changed.computeIfAbsent(kind, any -> new TreeMap<>());
            if (properties.isPresent()) {
                pids.put(pid, kind.read(pid, properties.get()));
            } else {
                pids.remove(pid);
                goodBefore.remove(pid);
            }
        }));
        return new Standing(changed, goodBefore);
    }

    /** Returns what is refused, in the order of kinds and PIDs. */
    List<InvalidSetting> problems() {
        return List.copyOf(problems);
    }

    /** Returns what is allowed and yet unwise. */
    List<InvalidSetting> remarks() {
        return List.copyOf(remarks);
    }

    /** Returns what is in force. */
    InForce inForce() {
        return inForce;
    }

    private void admit(String pid, Reading reading, Entry lastGood, Draft draft) {
        problems.addAll(reading.unknownKeys());
        problems.addAll(reading.flaws());
        remarks.addAll(reading.remarks());
        Flaws contradictions = new Flaws(pid);
        reading.entry().ifPresent(entry -> entry.contradictions(draft, contradictions));
        problems.addAll(contradictions.found());
        if (reading.flaws().isEmpty() && contradictions.none()) {
            Entry entry = reading.entry().orElseThrow();
            entry.enter(draft);
            good.put(pid, entry);
        } else if (lastGood != null) {
            lastGood.enter(draft);
            good.put(pid, lastGood);
        } else {
            reading.entry().ifPresent(entry -> entry.enter(draft));
        }
    }
}
