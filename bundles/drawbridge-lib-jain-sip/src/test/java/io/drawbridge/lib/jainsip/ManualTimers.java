// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers whose clock the test turns. */
final class ManualTimers implements Timers {
    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public Timer after(Duration delay, Runnable work) {
        Entry entry = new Entry(now.plus(delay), work);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    void advance(Duration by) {
        Duration end = now.plus(by);
        while (true) {
            Entry next = entries.stream()
                    .min(Comparator.comparing(Entry::due))
                    .filter(entry -> entry.due.compareTo(end) <= 0)
                    .orElse(null);
            if (next == null) {
                break;
            }
            now = next.due;
            entries.remove(next);
            next.work.run();
        }
        now = end;
    }

    int waiting() {
        return entries.size();
    }

    private static final class Entry {
        private final Duration due;
        private final Runnable work;

        Entry(Duration due, Runnable work) {
            this.due = due;
            this.work = work;
        }

        Duration due() {
            return due;
        }
    }
}
