// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a plug-in that has gone may have left: threads, which keep its classes and their connections alive. Known are those
 * whose context class loader is the plug-in's, which a thread has from the one that started it, and those of a class of its
 * own.
 *
 * @param classes the plug-in's class loader; held weakly, so that looking does not keep what it looks for
 */
record Remains(WeakReference<ClassLoader> classes) {
    private static final int MOST_NAMED = 5;

    static Remains of(Offer gone) {
        return new Remains(new WeakReference<>(gone.classes()));
    }

    /** Returns whether these are the plug-in's classes. */
    boolean areOf(ClassLoader others) {
        return classes.refersTo(others);
    }

    /** Returns the names of threads that still run, some of them if they are many. */
    List<String> threads() {
        ClassLoader left = classes.get();
        if (left == null || left == Remains.class.getClassLoader()) {
            return List.of();
        }
        return Arrays.stream(running())
                .filter(Objects::nonNull)
                .filter(thread -> thread.getContextClassLoader() == left
                        || thread.getClass().getClassLoader() == left)
                .map(Thread::getName)
                .sorted()
                .limit(MOST_NAMED)
                .toList();
    }

    private static Thread[] running() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[2 * all.activeCount()];
        all.enumerate(threads);
        return threads;
    }
}
