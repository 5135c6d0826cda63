// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.plugin;

import java.time.Duration;
import java.time.InstantSource;

/** The time, and timers that run short tasks on a thread of the host. */
public interface Time extends InstantSource {
    /**
     * Runs {@code task} after {@code delay}.
     *
     * @return runs to cancel it
     */
    Runnable after(Duration delay, Runnable task);
}
