// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import io.drawbridge.providers.internal.plugin.Misbehaviour.Gravity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the plug-ins of one provider behave. Thread-safe. A plug-in that goes on misbehaving is reported once, and then again
 * only after it was forgiven.
 */
public final class Conduct {
    /** So much grave misbehaviour within {@link #WINDOW} is too much. */
    static final int TOO_MUCH = 10;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** For how long what happened is somebody's trouble. */
    static final Duration FRESH = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    private final String provider;
    private final InstantSource clock;
    private final Consumer<String> intolerable;
    private final Map<Misbehaviour, AtomicLong> counts;
    private final Deque<Instant> grave = new ArrayDeque<>();
    private boolean reported;
    private volatile Happened happened = new Happened(Instant.MIN, "");

    /** Something that was noted last. */
    private record Happened(Instant at, String what) {}

    /**
     * Starts without blame.
     *
     * @param provider the provider's identifier
     * @param intolerable hears when it is too much, with the last thing that happened; on the thread that noticed
     */
    public Conduct(String provider, InstantSource clock, Consumer<String> intolerable) {
        this(provider, clock, intolerable, new EnumMap<>(Misbehaviour.class));
        for (Misbehaviour kind : Misbehaviour.values()) {
            counts.put(kind, new AtomicLong());
        }
    }

    private Conduct(
            String provider, InstantSource clock, Consumer<String> intolerable, Map<Misbehaviour, AtomicLong> counts) {
        this.provider = provider;
        this.clock = clock;
        this.intolerable = intolerable;
        this.counts = counts;
    }

    /**
     * Returns the conduct of another plug-in of the same provider: it is counted together with this one, and judged apart.
     *
     * @param tooMuch hears when it is too much
     */
    public Conduct beside(Consumer<String> tooMuch) {
        return new Conduct(provider, clock, tooMuch, counts);
    }

    /**
     * Notes something.
     *
     * @param where the account or call, for people; holds no secret
     */
    public void note(Misbehaviour kind, String where) {
        note(kind, where, null);
    }

    /** Notes something with its cause. */
    public void note(Misbehaviour kind, String where, Throwable cause) {
        long count = counts.get(kind).incrementAndGet();
        String last = kind.text() + " (" + where + ")";
        happened = new Happened(clock.instant(), last);
        // Each kind in full at first and then ever more rarely, so that a bad plug-in does not fill the disk.
        if (Long.bitCount(count) == 1) {
            LOG.warn("The plug-in of provider {}: {}, {} times so far", provider, last, count, cause);
        }
        if (kind.gravity() != Gravity.LIGHT && isTooMuch(kind.gravity())) {
            intolerable.accept(last);
        }
    }

    private synchronized boolean isTooMuch(Gravity gravity) {
        Instant now = clock.instant();
        grave.addLast(now);
        while (grave.peekFirst().plus(WINDOW).isBefore(now)) {
            grave.removeFirst();
        }
        boolean isTolerable = gravity != Gravity.INTOLERABLE && grave.size() < TOO_MUCH;
        if (isTolerable || reported) {
            return false;
        }
        reported = true;
        return true;
    }

    /** Starts the judgement afresh; the counts stay. */
    public synchronized void forgive() {
        grave.clear();
        reported = false;
    }

    /** Returns how often what happened. */
    public Map<Misbehaviour, Long> counts() {
        Map<Misbehaviour, Long> all = new EnumMap<>(Misbehaviour.class);
        counts.forEach((kind, count) -> all.put(kind, count.get()));
        return all;
    }

    /** Returns the last thing that happened; empty if nothing did. */
    public String last() {
        return happened.what();
    }

    /** Returns the last thing that happened, if that was not long ago or has not been forgiven yet; otherwise nothing. */
    public synchronized String trouble() {
        boolean isFresh = clock.instant().isBefore(happened.at().plus(FRESH));
        return isFresh || reported ? last() : "";
    }
}
