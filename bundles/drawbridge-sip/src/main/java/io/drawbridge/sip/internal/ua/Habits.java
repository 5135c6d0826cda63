// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.model.Principal;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is known of how users of the home write and what they take. Owned by the user agent's thread. */
final class Habits {
    private static final int MOST = 20_000;
    private final Map<Principal, Habit> known = new Bounded<>(MOST);

    /** Returns what is known of a user. */
    Habit of(Principal user) {
        return known.getOrDefault(user, Habit.UNKNOWN);
    }

    /** Takes note of something. */
    void note(Principal user, UnaryOperator<Habit> change) {
        Habit before = of(user);
        Habit after = change.apply(before);
        if (!after.equals(before)) {
            known.put(user, after);
        }
    }

    /**
     * One user's habits.
     *
     * @param sessions whether sessions are used and not single messages
     * @param composing whether a single message may say who is writing (RFC 3994)
     * @param receipts whether messages may be wrapped in CPIM to ask for receipts (RFC 5438)
     */
    record Habit(boolean sessions, boolean composing, boolean receipts) {
        static final Habit UNKNOWN = new Habit(false, false, false);

        Habit withSessions(boolean uses) {
            return new Habit(uses, composing, receipts);
        }

        Habit withComposing() {
            return new Habit(sessions, true, receipts);
        }

        Habit withReceipts(boolean takes) {
            return new Habit(sessions, composing, takes);
        }
    }
}
