// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.sip.internal.codec.SipLimits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The limits and timers in force.
 *
 * @param limits what a message may have
 * @param unansweredPerConnection requests of one connection under way at once
 * @param waitingPerDestination requests waiting for one destination's connection
 * @param writeBufferBytes octets that may wait for a slow peer
 * @param nonInviteNanos timer F, see {@link Exchange}
 * @param inviteNanos timer B
 * @param timerCNanos timer C
 * @param drain how long the relay waits for answers when it stops
 * @param keepAlive idle time until a connection is tried
 * @param keepAliveAnswer how long that may take
 * @param failedServerRest how long a failing server is left aside
 */
public record RelaySettings(
        SipLimits limits,
        int unansweredPerConnection,
        int waitingPerDestination,
        int writeBufferBytes,
        long nonInviteNanos,
        long inviteNanos,
        long timerCNanos,
        Duration drain,
        Duration keepAlive,
        Duration keepAliveAnswer,
        Duration failedServerRest) {

    /** 64·T1. */
    static final long TIMER_H_NANOS = TimeUnit.SECONDS.toNanos(32);

    /** Reads checked settings. */
    public static RelaySettings of(RelayConfig config) {
        return new RelaySettings(
                limits(config),
                config.maxUnansweredPerConnection(),
                config.maxWaitingPerDestination(),
                config.writeBufferKib() << 10,
                TimeUnit.SECONDS.toNanos(config.nonInviteSeconds()),
                TimeUnit.SECONDS.toNanos(config.inviteSeconds()),
                TimeUnit.SECONDS.toNanos(config.timerCSeconds()),
                Duration.ofSeconds(config.drainSeconds()),
                Duration.ofSeconds(config.keepAliveSeconds()),
                Duration.ofSeconds(config.keepAliveAnswerSeconds()),
                Duration.ofSeconds(config.failedServerRestSeconds()));
    }

    private static SipLimits limits(RelayConfig config) {
        return new SipLimits(
                config.maxStartLineBytes(),
                config.maxHeaderLineBytes(),
                config.maxHeaders(),
                config.maxHeadBytes(),
                config.maxVias(),
                config.maxBodyBytes(),
                config.maxMessageBodyBytes(),
                Duration.ofSeconds(config.messageCompletionSeconds()),
                config.maxKeepAlivesPerMinute());
    }

    long nanos(Deadlines.Timer timer) {
        return switch (timer) {
            case F -> nonInviteNanos;
            case B -> inviteNanos;
            case C -> timerCNanos;
            case H -> TIMER_H_NANOS;
        };
    }
}
