// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.health;

import io.drawbridge.api.health.Finding.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Whether the system's clock can be right: certificates are judged by it. It is wrong if it lies before this appliance
 * was installed, and doubtful if it jumped against the time that passed.
 */
@Component(property = {HealthCheck.NAME + "=clock", HealthCheck.TAGS + "=drawbridge"})
public final class ClockCheck implements HealthCheck {
    private static final Duration TOLERANCE = Duration.ofDays(1);
    private static final Duration JUMP = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final String REMEDY = "set the clock, and let NTP keep it";

    private final Instant installed;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private Instant lastTime;
    private long lastNanos;
    private Duration jump = Duration.ZERO;
    private long jumpedAt;

    /** Compares the system's clock with when the bundle was installed. */
    @Activate
    public ClockCheck(BundleContext context) {
        this(Instant.ofEpochMilli(context.getBundle().getLastModified()), Clock.systemUTC(), System::nanoTime);
    }

    ClockCheck(Instant installed, Clock clock, LongSupplier nanoTime) {
        this.installed = installed;
        this.clock = clock;
        this.nanoTime = nanoTime;
        lastTime = clock.instant();
        lastNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized Result execute() {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration difference = Duration.between(lastTime, now).minusNanos(nanos - lastNanos);
        if (difference.abs().compareTo(JUMP) > 0) {
            jump = difference;
            jumpedAt = nanos;
        }
        lastTime = now;
        lastNanos = nanos;
        boolean jumped = !jump.isZero() && nanos - jumpedAt < REMEMBERED.toNanos();
        return judge(now.truncatedTo(ChronoUnit.SECONDS), installed, jumped ? jump : Duration.ZERO)
                .result();
    }

    static Report judge(Instant now, Instant installed, Duration jump) {
        if (now.isBefore(installed.minus(TOLERANCE))) {
            return new Report()
                    .add(Level.CRITICAL, "it is " + now + ", before the installation at " + installed, REMEDY);
        }
        if (!jump.isZero()) {
            return new Report()
                    .add(
                            Level.WARNING,
                            "the clock jumped " + (jump.isNegative() ? "back " : "ahead ")
                                    + Report.count((int) jump.abs().toSeconds(), "second"),
                            REMEDY);
        }
        return new Report().ok("it is " + now);
    }
}
