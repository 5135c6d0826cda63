// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.util.Set;
import java.util.stream.Collectors;

/** What all groups of contract tests have. */
abstract class Clauses {
    private final ProviderContract vendor;

    Clauses(ProviderContract vendor) {
        this.vendor = vendor;
    }

    final ProviderContract vendor() {
        return vendor;
    }

    final Stage stage() {
        return vendor.stage();
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
