// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import io.drawbridge.providers.internal.plugin.PluginThreads;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a plug-in rests that broke its promises: ever longer while it goes on, and until the threads that it blocked have
 * ended, since with each try more of them would be lost for good. Looked at on any thread, changed on the host's.
 */
final class Quarantine {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration THREADS_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Time time;
    private final String provider;
    private final Runnable released;
    private int times;
    private Runnable cancel = () -> {};
    private volatile boolean rests;

    /**
     * Starts without a rest.
     *
     * @param provider whose plug-in it is, for people
     * @param released hears, on the host's thread, when a rest is over
     */
    Quarantine(Time time, String provider, Runnable released) {
        this.time = time;
        this.provider = provider;
        this.released = released;
    }

    /**
     * Starts a rest.
     *
     * @param why what the plug-in did, for people
     * @param abandoned its threads, which are closed and may not have ended
     */
    void begin(String why, Optional<PluginThreads> abandoned) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
        Duration rest = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        LOG.error("The plug-in of provider {} is in quarantine for {} minutes: {}", provider, rest.toMinutes(), why);
        times++;
        rests = true;
        await(rest, abandoned);
    }

    private void await(Duration rest, Optional<PluginThreads> abandoned) {
        cancel.run();
        cancel = time.after(rest, () -> {
            if (abandoned.map(PluginThreads::haveEnded).orElse(true)) {
                rests = false;
                released.run();
            } else {
                await(THREADS_AGAIN, abandoned);
            }
        });
    }

    /** The plug-in has left, or another one came that has done nothing yet. */
    void forget() {
        cancel.run();
        times = 0;
        rests = false;
    }

    boolean rests() {
        return rests;
    }
}
