// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.presence;

import io.drawbridge.lib.jainsip.WatcherInfo;
import io.drawbridge.lib.jainsip.WatcherInfo.Event;
import io.drawbridge.lib.jainsip.WatcherInfo.Status;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * How one subscription looks to the user who is watched: the state machine of RFC 3857 section 4.7.1. Owned by the home's
 * thread.
 */
final class WatcherRecord {
    private final String id;
    private final Watcher watcher;
    private final String displayName;
    private final Instant since;
    private final Consumer<WatcherInfo.Watcher> reader;
    private Status status;

    /**
     * Starts unseen.
     *
     * @param id letters and digits, which no other record of the user has
     * @param reader is told of every step
     */
    WatcherRecord(String id, Watcher watcher, String displayName, Instant since, Consumer<WatcherInfo.Watcher> reader) {
        this.id = id;
        this.watcher = watcher;
        this.displayName = displayName;
        this.since = since;
        this.reader = reader;
    }

    Watcher watcher() {
        return watcher;
    }

    /** The subscription is active or pending from now on. */
    void stands(Handling handling) {
        Event event = status == Status.PENDING ? Event.APPROVED : Event.SUBSCRIBE;
        show(handling == Handling.ALLOW ? Status.ACTIVE : Status.PENDING, event);
    }

    /** The subscription is over; returns whether its question waits for the user. */
    boolean ended(String reason) {
        switch (reason) {
            case "rejected" -> show(Status.TERMINATED, Event.REJECTED);
            case "noresource" -> show(Status.TERMINATED, Event.NORESOURCE);
            default -> show(status == Status.PENDING ? Status.WAITING : Status.TERMINATED, Event.TIMEOUT);
        }
        return status == Status.WAITING;
    }

    /** Its question waits since before the home knew of it. */
    void waits() {
        show(Status.WAITING, Event.TIMEOUT);
    }

    /** The question waits no longer. */
    void settled(Event event) {
        show(Status.TERMINATED, event);
    }

    private void show(Status next, Event event) {
        status = next;
        reader.accept(new WatcherInfo.Watcher(id, "sip:" + watcher.address(), next, event, displayName, since));
    }
}
