// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group of contract tests.
 *
 * @param <C> the kind of provider they are for
 */
abstract class Clauses<C extends Contract> {
    private final C vendor;

    Clauses(C vendor) {
        this.vendor = vendor;
    }

    final C vendor() {
        return vendor;
    }

    /** Returns the threads that run, without those of the test itself and of the Java machine. */
    static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !thread.getName()
                        .matches("drawbridge-(testkit|provider)-.*|ForkJoinPool\\.commonPool.*|process reaper.*"
                                + "|CompletableFutureDelayScheduler|Common-Cleaner|Attach Listener"))
                .collect(Collectors.toSet());
    }

    static String names(Set<Thread> threads) {
        return threads.stream().map(Thread::getName).sorted().collect(Collectors.joining(", "));
    }
}
