// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.lib.jainsip.WatcherInfo.Event;
import io.drawbridge.lib.jainsip.WatcherInfo.Status;
import io.drawbridge.lib.jainsip.WatcherInfo.Watcher;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one watch looks to the user who is watched: the state machine of RFC 3857 section 4.7.1, driven by what happens to
 * the watch. Nothing is shown before the home has said how the watch stands.
 */
final class WatcherRecord {
    private final Watches watches;
    private final Pair pair;
    private final Consumer<Watcher> reader;
    private Watcher shown;
    private String displayName = "";

    WatcherRecord(Watches watches, Pair pair, Consumer<Watcher> reader) {
        this.watches = watches;
        this.pair = pair;
        this.reader = reader;
    }

    /** Takes note of what the watcher calls itself. */
    void named(String name) {
        displayName = name.isEmpty() ? displayName : name;
    }

    /** Something happened to the watch that stood at {@code before}. */
    void happened(WatchTable.State before, WatchTable.Event event) {
        boolean asked = before == WatchTable.State.REQUESTED;
        switch (event) {
            case PENDING -> {
                if (asked && !is(Status.PENDING)) {
                    succeeds(Status.PENDING, Event.SUBSCRIBE, Event.GIVEUP);
                }
            }
            case ACTIVE, CONSENT -> {
                if (!is(Status.ACTIVE)) {
                    succeeds(Status.ACTIVE, shown == null ? Event.SUBSCRIBE : Event.APPROVED, Event.APPROVED);
                }
            }
            case TIMED_OUT -> {
                if (asked && is(Status.PENDING)) {
                    show(Status.WAITING, Event.TIMEOUT);
                }
            }
            case LATER -> {
                if (asked) {
                    end(Event.GIVEUP);
                }
            }
            case REJECTED -> end(Event.REJECTED);
            case GONE -> end(Event.NORESOURCE);
            case STOP -> end(asked ? Event.GIVEUP : Event.TIMEOUT);
            default -> {} // a matter between gateway and home
        }
    }

    /** Nobody asks on the watcher's behalf any longer. */
    void abandoned() {
        end(Event.GIVEUP);
    }

    private boolean is(Status status) {
        return shown != null && shown.status() == status;
    }

    /** Who waits does not come back: that record ends, and the subscription that came after it has one of its own. */
    private void succeeds(Status status, Event event, Event endOfWaiting) {
        if (is(Status.WAITING)) {
            end(endOfWaiting);
        }
        show(status, event);
    }

    private void end(Event event) {
        if (shown != null) {
            show(Status.TERMINATED, event);
            shown = null;
        }
    }

    private void show(Status status, Event event) {
        String who = SipAddresses.uri(pair.outside());
        shown = Optional.ofNullable(shown)
                .map(before -> new Watcher(before.id(), who, status, event, displayName, before.since()))
                .orElseGet(() -> new Watcher(
                        watches.outgoing().token(),
                        who,
                        status,
                        event,
                        displayName,
                        watches.environment().clock().instant()));
        reader.accept(shown);
    }
}
