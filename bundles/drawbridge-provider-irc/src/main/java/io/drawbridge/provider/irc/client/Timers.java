// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import java.time.Duration;

/** Runs things later, on the account's lane, while the connection lives. */
@FunctionalInterface
interface Timers {
    /**
     * Runs a task once.
     *
     * @return runs to cancel it
     */
    Runnable after(Duration delay, Runnable task);
}
