// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ThreadLocalRandom;

/** What the transactions of one event loop share. */
final class RelayLoop {
    final EventExecutor executor;
    final Deadlines deadlines;
    final RouteSeal seal;
    final SearchOrder searches = new SearchOrder();
    // Random start: branches stay unique over restarts and across loops (RFC 3261 section 8.1.1.7).
    private long lastId = ThreadLocalRandom.current().nextLong();

    RelayLoop(EventExecutor executor, RouteSeal seal) {
        this.executor = executor;
        this.seal = seal;
        this.deadlines = new Deadlines(executor);
    }

    /** Returns a number no other client transaction has. Called on the loop. */
    long nextId() {
        lastId += 1;
        return lastId == 0 ? ++lastId : lastId;
    }

    /** Runs now if on the loop, else soon on it. */
    void run(Runnable work) {
        if (executor.inEventLoop()) {
            work.run();
        } else {
            executor.execute(work);
        }
    }
}
