// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import java.util.EnumMap;
import java.util.Map;

/**
 * State × event of a watch over a user of the home: interworking 6.4.3, which is RFC 8048 section 5 with what it leaves
 * open. What no line names changes nothing.
 */
final class WatchTable {
    private static final Map<State, Map<Event, Transition>> ROWS = new EnumMap<>(State.class);

    static {
        on(State.REQUESTED, Event.ACTIVE, State.WATCHING, Action.GRANT);
        on(State.REQUESTED, Event.CONSENT, State.WATCHING, Action.GRANT);
        on(State.REQUESTED, Event.REJECTED, State.ENDED, Action.REFUSE);
        on(State.REQUESTED, Event.GONE, State.ENDED, Action.REFUSE);
        on(State.REQUESTED, Event.DEACTIVATED, State.REQUESTED, Action.RESUBSCRIBE);
        on(State.REQUESTED, Event.TIMED_OUT, State.REQUESTED, Action.RETRY_SLOWLY);
        on(State.REQUESTED, Event.LATER, State.REQUESTED, Action.RETRY_SLOWLY);
        on(State.REQUESTED, Event.UNKNOWN_DIALOG, State.REQUESTED, Action.RESUBSCRIBE);
        on(State.REQUESTED, Event.FAILED, State.REQUESTED, Action.RETRY);
        on(State.REQUESTED, Event.STOP, State.ENDED, Action.UNSUBSCRIBE);
        on(State.WATCHING, Event.REJECTED, State.ENDED, Action.WITHDRAW);
        on(State.WATCHING, Event.GONE, State.ENDED, Action.WITHDRAW);
        on(State.WATCHING, Event.DEACTIVATED, State.WATCHING, Action.RESUBSCRIBE);
        on(State.WATCHING, Event.TIMED_OUT, State.WATCHING, Action.RESUBSCRIBE);
        on(State.WATCHING, Event.LATER, State.WATCHING, Action.RETRY_LATER);
        on(State.WATCHING, Event.UNKNOWN_DIALOG, State.WATCHING, Action.RESUBSCRIBE);
        on(State.WATCHING, Event.FAILED, State.WATCHING, Action.RETRY);
        on(State.WATCHING, Event.LAPSED, State.WATCHING, Action.SHOW_OFFLINE);
        on(State.WATCHING, Event.STOP, State.ENDED, Action.UNSUBSCRIBE);
    }

    private WatchTable() {}

    private static void on(State state, Event event, State next, Action action) {
        ROWS.computeIfAbsent(state, any -> new EnumMap<>(Event.class)).put(event, new Transition(next, action));
    }

    static Transition transition(State state, Event event) {
        return ROWS.getOrDefault(state, Map.of()).getOrDefault(event, new Transition(state, Action.NONE));
    }

    /** Where a watch stands. */
    enum State {
        /** Nobody has said yet that the presence may be seen. */
        REQUESTED,
        /** The presence may be seen; also while the dialog has to be made anew. */
        WATCHING,
        /** Over. */
        ENDED
    }

    /** What can happen to a watch. */
    enum Event {
        /** NOTIFY says pending. */
        PENDING,
        /** NOTIFY says active. */
        ACTIVE,
        /** The user answered the question by adding the watcher. */
        CONSENT,
        /** NOTIFY says rejected, or SUBSCRIBE is answered 403, 489 or 603. */
        REJECTED,
        /** NOTIFY says noresource or invariant, or SUBSCRIBE is answered that there is no such user. */
        GONE,
        /** NOTIFY says deactivated. */
        DEACTIVATED,
        /** NOTIFY says timeout, or gives no reason. */
        TIMED_OUT,
        /** NOTIFY says probation or giveup. */
        LATER,
        /** SUBSCRIBE is answered 481 or 423. */
        UNKNOWN_DIALOG,
        /** SUBSCRIBE failed for now, or no NOTIFY came (timer N). */
        FAILED,
        /** The time of the subscription ran out while it could not be renewed. */
        LAPSED,
        /** Nobody wants to know any longer. */
        STOP
    }

    /** What a watch does. */
    enum Action {
        /** Nothing. */
        NONE,
        /** Tells that the presence may be seen. */
        GRANT,
        /** Tells that it may not. */
        REFUSE,
        /** Shows nobody any longer, and tells that it may not be seen. */
        WITHDRAW,
        /** Shows nobody until more is known. */
        SHOW_OFFLINE,
        /** Subscribes anew at once. */
        RESUBSCRIBE,
        /** Subscribes anew with back-off. */
        RETRY,
        /** Subscribes anew when the notifier says so. */
        RETRY_LATER,
        /** Subscribes anew in a day: somebody has to answer who does not. */
        RETRY_SLOWLY,
        /** Ends the subscription. */
        UNSUBSCRIBE
    }

    /** Where an event leads and what is done on the way. */
    record Transition(State next, Action action) {}
}
