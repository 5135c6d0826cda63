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
     * @param mode how messages are sent and taken; never {@link MessageMode#AUTO}
     * @param composing whether a single message may say who is writing (RFC 3994)
     * @param receipts whether messages may be wrapped in CPIM to ask for receipts (RFC 5438)
     */
    record Habit(MessageMode mode, boolean composing, boolean receipts) {
        static final Habit UNKNOWN = new Habit(MessageMode.PAGER, false, false);

        Habit by(MessageMode used) {
            return new Habit(used, composing, receipts);
        }

        Habit withComposing() {
            return new Habit(mode, true, receipts);
        }

        Habit withReceipts(boolean takes) {
            return new Habit(mode, composing, takes);
        }
    }
}
