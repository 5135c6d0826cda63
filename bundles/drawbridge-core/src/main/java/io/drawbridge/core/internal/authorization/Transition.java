// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

import static io.drawbridge.core.internal.authorization.Phase.GRANTED;
import static io.drawbridge.core.internal.authorization.Phase.NONE;
import static io.drawbridge.core.internal.authorization.Phase.REQUESTED;

import io.drawbridge.api.link.Event.Step;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one step does to the right it is about (RFC 6121 appendix A.2 and A.3). The tables there have a row for each of
 * nine states; a step only ever looks at one of the two rights that make up the state, so three rows say the same.
 *
 * @param next the phase afterwards
 * @param passes whether the other side is told of the step
 * @param answer what whoever took the step is told by itself
 * @param approval what becomes of the approval in advance
 */
public record Transition(Phase next, boolean passes, Answer answer, Approval approval) {
    private static final Map<Step, Map<Phase, Transition>> BY_OWN_USER = new EnumMap<>(Step.class);
    private static final Map<Step, Map<Phase, Transition>> BY_CONTACT = new EnumMap<>(Step.class);

    static {
        // What an own user does always goes on, unless there is nothing to answer: then it is an approval in advance.
        row(BY_OWN_USER, Step.ASK, passing(REQUESTED), passing(REQUESTED), passing(GRANTED));
        row(BY_OWN_USER, Step.GIVE_UP, passing(NONE), passing(NONE), passing(NONE));
        row(BY_OWN_USER, Step.GRANT, approving(Approval.GIVEN), passing(GRANTED), silent(GRANTED));
        row(BY_OWN_USER, Step.REFUSE, approving(Approval.TAKEN), passing(NONE), passing(NONE));

        // What a contact does reaches the own user only where it changes something.
        row(BY_CONTACT, Step.ASK, passing(REQUESTED), silent(REQUESTED), answered(GRANTED, false, Answer.GRANT));
        row(
                BY_CONTACT,
                Step.GIVE_UP,
                silent(NONE),
                answered(NONE, true, Answer.REFUSE),
                answered(NONE, true, Answer.REFUSE));
        row(BY_CONTACT, Step.GRANT, silent(NONE), passing(GRANTED), silent(GRANTED));
        row(BY_CONTACT, Step.REFUSE, silent(NONE), passing(NONE), passing(NONE));
    }

    /** What whoever took a step is told by itself. */
    public enum Answer {
        /** Nothing. */
        NOTHING,
        /** That the right is granted. */
        GRANT,
        /** That the right has ended. */
        REFUSE
    }

    /** What becomes of an approval in advance (RFC 6121 section 3.4). */
    public enum Approval {
        /** It stays as it is. */
        KEPT,
        /** It is given. */
        GIVEN,
        /** It is taken back, or used up. */
        TAKEN
    }

    /**
     * Returns what a step does.
     *
     * @param byOwnUser whether an own user takes it, not a contact
     * @param step the step
     * @param before the right it is about: of the one who takes it for {@code ASK} and {@code GIVE_UP}, else of the other
     */
    public static Transition of(boolean byOwnUser, Step step, Entitlement before) {
        if (!byOwnUser && step == Step.ASK && before.phase() == NONE && before.preApproved()) {
            return new Transition(GRANTED, false, Answer.GRANT, Approval.TAKEN);
        }
        return (byOwnUser ? BY_OWN_USER : BY_CONTACT).get(step).get(before.phase());
    }

    /** Returns the right as it is after the step. */
    public Entitlement applyTo(Entitlement before, Step step, Instant now) {
        Entitlement after = before.at(next);
        if (approval != Approval.KEPT) {
            after = after.preApproved(approval == Approval.GIVEN);
        }
        return switch (step) {
            case ASK -> passes ? after.askedAt(now).seenAt(now) : after;
            case REFUSE -> passes ? after.refusedAt(now) : after;
            case GRANT, GIVE_UP -> after;
        };
    }

    private static void row(
            Map<Step, Map<Phase, Transition>> table,
            Step step,
            Transition none,
            Transition requested,
            Transition granted) {
        table.put(step, new EnumMap<>(Map.of(NONE, none, REQUESTED, requested, GRANTED, granted)));
    }

    private static Transition passing(Phase next) {
        return answered(next, true, Answer.NOTHING);
    }

    private static Transition silent(Phase next) {
        return answered(next, false, Answer.NOTHING);
    }

    private static Transition answered(Phase next, boolean passes, Answer answer) {
        return new Transition(next, passes, answer, Approval.KEPT);
    }

    private static Transition approving(Approval approval) {
        return new Transition(NONE, false, Answer.NOTHING, approval);
    }
}
