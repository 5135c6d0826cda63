// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.Event.Step;
import io.drawbridge.core.internal.authorization.Transition.Answer;
import io.drawbridge.core.internal.authorization.Transition.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The nine states and both tables of RFC 6121 appendix A, as interworking 5.2 and 5.3 print them. */
final class NineStatesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Step> STEPS = List.of(Step.ASK, Step.GIVE_UP, Step.GRANT, Step.REFUSE);

    /** In each cell: R for routed, the next state if it differs, + for an approval in advance, - for its end. */
    private static final String OUTBOUND =
            """
            None       | R None+PO     | R          | +        | -
            None+PO    | R             | R None     | +        | -
            None+PI    | R None+PO+PI  | R          | R From   | R None
            None+PO+PI | R             | R None+PI  | R From+PO| R None+PO
            To         | R             | R None     | +        | -
            To+PI      | R             | R None+PI  | R Both   | R To
            From       | R From+PO     | R          |          | R None
            From+PO    | R             | R From     |          | R None+PO
            Both       | R             | R From     |          | R To
            """;

    /** In each cell: D for delivered, the next state if it differs, and what is answered by itself. */
    private static final String INBOUND =
            """
            None       | D None+PI    |                        |           |
            None+PO    | D None+PO+PI |                        | D To      | D None
            None+PI    |              | D None !REFUSE         |           |
            None+PO+PI |              | D None+PO !REFUSE      | D To+PI   | D None+PI
            To         | D To+PI      |                        |           | D None
            To+PI      |              | D To !REFUSE           |           | D None+PI
            From       | !GRANT       | D None !REFUSE         |           |
            From+PO    | !GRANT       | D None+PO !REFUSE      | D Both    | D From
            Both       | !GRANT       | D To !REFUSE           |           | D From
            """;

    /** The state as seen by the own user: its right to see the contact, and the contact's right to see it. */
    private record State(Phase to, Phase from) {
        private static final Map<String, State> NAMED = Map.of(
                "None", new State(Phase.NONE, Phase.NONE),
                "None+PO", new State(Phase.REQUESTED, Phase.NONE),
                "None+PI", new State(Phase.NONE, Phase.REQUESTED),
                "None+PO+PI", new State(Phase.REQUESTED, Phase.REQUESTED),
                "To", new State(Phase.GRANTED, Phase.NONE),
                "To+PI", new State(Phase.GRANTED, Phase.REQUESTED),
                "From", new State(Phase.NONE, Phase.GRANTED),
                "From+PO", new State(Phase.REQUESTED, Phase.GRANTED),
                "Both", new State(Phase.GRANTED, Phase.GRANTED));

        /** Which of the two rights a step is about: of the one who takes it, or of the other. */
        private static boolean isAboutTo(boolean byOwnUser, Step step) {
            boolean aboutTheOneWhoSteps = step == Step.ASK || step == Step.GIVE_UP;
            return byOwnUser == aboutTheOneWhoSteps;
        }

        Transition take(boolean byOwnUser, Step step) {
            Phase phase = isAboutTo(byOwnUser, step) ? to : from;
            return Transition.of(byOwnUser, step, Entitlement.NONE.at(phase));
        }

        State after(boolean byOwnUser, Step step) {
            Phase next = take(byOwnUser, step).next();
            return isAboutTo(byOwnUser, step) ? new State(next, from) : new State(to, next);
        }
    }

    static Stream<Arguments> cells() {
        return Stream.concat(cells(OUTBOUND, true), cells(INBOUND, false));
    }

    private static Stream<Arguments> cells(String table, boolean byOwnUser) {
        List<Arguments> cells = new ArrayList<>();
        for (String line : table.lines().toList()) {
            String[] columns = line.split("\\|", -1);
            for (int i = 0; i < STEPS.size(); i++) {
                cells.add(Arguments.of(byOwnUser, columns[0].strip(), STEPS.get(i), columns[i + 1].strip()));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "by own user {0}, in {1}: {2} is \"{3}\"")
    @MethodSource("cells")
    void everyStateTakesEveryStepAsTheTableSays(boolean byOwnUser, String state, Step step, String cell) {
        List<String> words = cell.isEmpty() ? List.of() : Arrays.asList(cell.split("\\s+"));
        State before = State.NAMED.get(state);
        Transition transition = before.take(byOwnUser, step);
        State next = words.stream()
                .filter(State.NAMED::containsKey)
                .map(State.NAMED::get)
                .findFirst()
                .orElse(before);
        assertThat(before.after(byOwnUser, step)).isEqualTo(next);
        assertThat(transition.passes()).isEqualTo(words.contains(byOwnUser ? "R" : "D"));
        assertThat(transition.answer())
                .isEqualTo(
                        words.contains("!GRANT")
                                ? Answer.GRANT
                                : words.contains("!REFUSE") ? Answer.REFUSE : Answer.NOTHING);
        assertThat(transition.approval())
                .isEqualTo(words.contains("+") ? Approval.GIVEN : words.contains("-") ? Approval.TAKEN : Approval.KEPT);
    }

    @Test
    void bothTablesHaveEveryStateAndEveryStep() {
        assertThat(cells()).hasSize(2 * 9 * 4);
        assertThat(Set.copyOf(State.NAMED.values())).hasSize(9);
    }

    @ParameterizedTest(name = "(a) by own user {0}, in {1}: {2} twice is {2} once")
    @MethodSource("cells")
    void repeatingAStepChangesNothing(boolean byOwnUser, String state, Step step, String cell) {
        State once = State.NAMED.get(state).after(byOwnUser, step);
        assertThat(once.after(byOwnUser, step)).isEqualTo(once);
    }

    @ParameterizedTest(name = "(b) by own user {0}, in {1}: {2} keeps to its right")
    @MethodSource("cells")
    void aStepChangesOnlyTheRightItIsAbout(boolean byOwnUser, String state, Step step, String cell) {
        State before = State.NAMED.get(state);
        State after = before.after(byOwnUser, step);
        if (byOwnUser && (step == Step.ASK || step == Step.GIVE_UP)) {
            assertThat(after.from()).isEqualTo(before.from());
        } else if (byOwnUser) {
            assertThat(after.to()).isEqualTo(before.to());
        }
    }

    @Test
    void aLostGrantIsHealedByAskingAgain() {
        // (c) The peer in From or Both answers a repeated request with the grant that was lost.
        for (String granted : List.of("From", "From+PO", "Both")) {
            assertThat(State.NAMED.get(granted).take(false, Step.ASK).answer()).isEqualTo(Answer.GRANT);
        }
    }

    @Test
    void whoeverHoldsMoreThanTheOtherSideKnowsFallsBackAtItsRefusal() {
        // (d) A holds Both for B, B's server holds None for A: the probe is answered by a refusal, and A falls to From.
        assertThat(State.NAMED.get("Both").after(false, Step.REFUSE)).isEqualTo(State.NAMED.get("From"));
    }

    @Test
    void aRequestApprovedInAdvanceIsGrantedWithoutAskingAnybody() {
        Entitlement approved =
                Transition.of(true, Step.GRANT, Entitlement.NONE).applyTo(Entitlement.NONE, Step.GRANT, NOW);
        assertThat(approved.preApproved()).isTrue();
        Transition asked = Transition.of(false, Step.ASK, approved);
        assertThat(asked.passes()).isFalse();
        assertThat(asked.answer()).isEqualTo(Answer.GRANT);
        assertThat(asked.applyTo(approved, Step.ASK, NOW))
                .isEqualTo(new Entitlement(Phase.GRANTED, false, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
    }

    @Test
    void anApprovalInAdvanceCanBeTakenBack() {
        Entitlement approved = Entitlement.NONE.preApproved(true);
        Entitlement taken = Transition.of(true, Step.REFUSE, approved).applyTo(approved, Step.REFUSE, NOW);
        assertThat(taken).isEqualTo(Entitlement.NONE);
    }
}
