// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock and its timers, turned by the test. */
public final class ManualTime implements Timers, InstantSource {
    private final List<Entry> entries = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Entry entry = new Entry(now.plus(delay), work);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    public void advance(Duration by) {
        Instant end = now.plus(by);
        while (true) {
            Entry next = entries.stream()
                    .min(Comparator.comparing(entry -> entry.due))
                    .filter(entry -> !entry.due.isAfter(end))
                    .orElse(null);
            if (next == null) {
                break;
            }
            now = next.due.isAfter(now) ? next.due : now;
            entries.remove(next);
            next.work.run();
        }
        now = end;
    }

    /** Returns how much work waits. */
    public int waiting() {
        return entries.size();
    }

    private static final class Entry {
        private final Instant due;
        private final Runnable work;

        Entry(Instant due, Runnable work) {
            this.due = due;
            this.work = work;
        }
    }
}
