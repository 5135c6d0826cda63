// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.relay.TransactionTable.Transition;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** State × event of the three tables: each cell that does something by its rule, all others by what must never be. */
class TransactionTableTest {
    private static final Set<TransactionAction> FINAL_ANSWERS = EnumSet.of(
            TransactionAction.FORWARD_FINAL,
            TransactionAction.ACK_AND_FORWARD_FINAL,
            TransactionAction.ANSWER,
            TransactionAction.ANSWER_TIMED_OUT,
            TransactionAction.ANSWER_CANCELLED);

    @ParameterizedTest(name = "INVITE {0} × {1} → {2}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ROUTING    | SENT        | CALLING    | IGNORE                | a client transaction begins in Calling (17.1.1.2)
                    ROUTING    | RETRY       | ROUTING    | ROUTE                 | the next target is tried (16.7 item 6)
                    ROUTING    | FAILURE     | COMPLETED  | FORWARD_FINAL         | the best answer there is goes back (16.7 item 6)
                    ROUTING    | REFUSED     | COMPLETED  | ANSWER                | a refusal waits for its ACK (17.2.1)
                    ROUTING    | CANCEL      | COMPLETED  | ANSWER_CANCELLED      | nothing to cancel yet: 487 (9.2)
                    ROUTING    | REPEATED    | ROUTING    | REPEAT_TRYING         | the last provisional is repeated (17.2.1)
                    ROUTING    | EXPIRED     | COMPLETED  | ANSWER_TIMED_OUT      | timer B: 408 (16.7 item 6)
                    CALLING    | TRYING      | PROCEEDING | IGNORE                | 100 stops timer B and goes no further (16.7 item 5)
                    CALLING    | PROVISIONAL | PROCEEDING | FORWARD_PROVISIONAL   | a provisional passes at once (16.7 item 5)
                    CALLING    | SUCCESS     | ACCEPTED   | FORWARD_FINAL         | a 2xx passes at once (6026 7.2)
                    CALLING    | FAILURE     | COMPLETED  | ACK_AND_FORWARD_FINAL | a refusal is acknowledged here (17.1.1.2)
                    CALLING    | RETRY       | ROUTING    | ROUTE                 | the next target is tried (16.9)
                    CALLING    | REFUSED     | COMPLETED  | ANSWER                | a transport error without a next target (16.9)
                    CALLING    | CANCEL      | CANCELLING | IGNORE                | no CANCEL before a provisional (9.1)
                    CALLING    | REPEATED    | CALLING    | REPEAT_TRYING         | the last provisional is repeated (17.2.1)
                    CALLING    | EXPIRED     | COMPLETED  | ANSWER_TIMED_OUT      | timer B: 408 (17.1.1.2)
                    PROCEEDING | PROVISIONAL | PROCEEDING | FORWARD_PROVISIONAL   | and restarts timer C (16.7 item 2)
                    PROCEEDING | SUCCESS     | ACCEPTED   | FORWARD_FINAL         | a 2xx passes at once (6026 7.2)
                    PROCEEDING | FAILURE     | COMPLETED  | ACK_AND_FORWARD_FINAL | a refusal is acknowledged here (17.1.1.2)
                    PROCEEDING | RETRY       | ROUTING    | ROUTE                 | 503 after 100: the next target (3263 4.3)
                    PROCEEDING | REFUSED     | COMPLETED  | ANSWER                | the peer died while it rang (16.9)
                    PROCEEDING | CANCEL      | CANCELLED  | SEND_CANCEL           | now CANCEL may go (9.1)
                    PROCEEDING | REPEATED    | PROCEEDING | REPEAT_TRYING         | the last provisional is repeated (17.2.1)
                    PROCEEDING | EXPIRED     | CANCELLED  | SEND_CANCEL           | timer C: CANCEL (16.8)
                    CANCELLING | TRYING      | CANCELLED  | SEND_CANCEL           | now CANCEL may go (9.1)
                    CANCELLING | PROVISIONAL | CANCELLED  | SEND_CANCEL           | now CANCEL may go (9.1)
                    CANCELLING | SUCCESS     | ACCEPTED   | FORWARD_FINAL         | the answer was faster (9.1)
                    CANCELLING | FAILURE     | COMPLETED  | ACK_AND_FORWARD_FINAL | the answer was faster (9.1)
                    CANCELLING | RETRY       | COMPLETED  | ANSWER_CANCELLED      | what is cancelled is not tried again (16.10)
                    CANCELLING | REFUSED     | COMPLETED  | ANSWER_CANCELLED      | 487 (9.2)
                    CANCELLING | REPEATED    | CANCELLING | REPEAT_TRYING         | the last provisional is repeated (17.2.1)
                    CANCELLING | EXPIRED     | COMPLETED  | ANSWER_CANCELLED      | no answer in 64·T1: cancelled (9.1)
                    CANCELLED  | SUCCESS     | ACCEPTED   | FORWARD_FINAL         | the answer crossed the CANCEL (9.1)
                    CANCELLED  | FAILURE     | COMPLETED  | ACK_AND_FORWARD_FINAL | usually 487 (9.2)
                    CANCELLED  | RETRY       | COMPLETED  | ANSWER                | what is cancelled is not tried again (16.10)
                    CANCELLED  | REFUSED     | COMPLETED  | ANSWER                | the peer died
                    CANCELLED  | REPEATED    | CANCELLED  | REPEAT_TRYING         | the last provisional is repeated (17.2.1)
                    CANCELLED  | EXPIRED     | COMPLETED  | ANSWER_TIMED_OUT      | no answer in 64·T1 (9.1)
                    COMPLETED  | ACK         | TERMINATED | IGNORE                | Confirmed lasts zero seconds (17.2.1, timer I)
                    COMPLETED  | REPEATED    | COMPLETED  | REPEAT_FINAL          | the answer is repeated (17.2.1)
                    COMPLETED  | EXPIRED     | TERMINATED | IGNORE                | timer H (17.2.1)
                    ACCEPTED   | SUCCESS     | ACCEPTED   | FORWARD_FINAL         | every copy of a 2xx passes (6026 7.1)
                    ACCEPTED   | EXPIRED     | TERMINATED | IGNORE                | timers L and M (6026 7.1)
                    """)
    void anInviteMovesByRfc3261And6026(
            TransactionState state,
            TransactionEvent event,
            TransactionState next,
            TransactionAction action,
            String rule) {
        assertThat(TransactionTable.INVITE.transition(state, event)).as(rule).isEqualTo(new Transition(next, action));
    }

    @ParameterizedTest(name = "other {0} × {1} → {2}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ROUTING | SENT     | CALLING    | IGNORE           | Trying (17.1.2.2)
                    ROUTING | ANSWERED | TERMINATED | IGNORE           | OPTIONS for the edge (11.2)
                    ROUTING | RETRY    | ROUTING    | ROUTE            | the next target
                    ROUTING | FAILURE  | TERMINATED | FORWARD_FINAL    | the best answer there is (16.7 item 6)
                    ROUTING | REFUSED  | TERMINATED | ANSWER           | Completed lasts zero seconds (17.2.2, timer J)
                    ROUTING | EXPIRED  | TERMINATED | ANSWER_TIMED_OUT | timer F
                    CALLING | SUCCESS  | TERMINATED | FORWARD_FINAL    | Completed lasts zero seconds (17.1.2.2, timer K)
                    CALLING | FAILURE  | TERMINATED | FORWARD_FINAL    | Completed lasts zero seconds (17.1.2.2, timer K)
                    CALLING | RETRY    | ROUTING    | ROUTE            | the next target (16.9)
                    CALLING | REFUSED  | TERMINATED | ANSWER           | a transport error without a next target (16.9)
                    CALLING | EXPIRED  | TERMINATED | ANSWER_TIMED_OUT | timer F (17.1.2.2)
                    """)
    void anotherRequestMovesByRfc3261And4320(
            TransactionState state,
            TransactionEvent event,
            TransactionState next,
            TransactionAction action,
            String rule) {
        assertThat(TransactionTable.NON_INVITE.transition(state, event))
                .as(rule)
                .isEqualTo(new Transition(next, action));
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> noEventLeavesTheLastState() {
        return tables().stream().flatMap(table -> EnumSet.allOf(TransactionEvent.class).stream()
                .map(event -> DynamicTest.dynamicTest(
                        event.name(), () -> assertThat(table.transition(TransactionState.TERMINATED, event))
                                .isEqualTo(new Transition(TransactionState.TERMINATED, TransactionAction.IGNORE)))));
    }

    @Test
    void whoeverWasAnsweredIsNotAnsweredAgainExceptByARepetitionOfTheSame() {
        for (TransactionTable table : tables()) {
            for (TransactionState state : TransactionState.values()) {
                for (TransactionEvent event : TransactionEvent.values()) {
                    Transition transition = table.transition(state, event);
                    boolean repeated2xx = state == TransactionState.ACCEPTED && event == TransactionEvent.SUCCESS;
                    if (!state.unanswered() && !repeated2xx) {
                        assertThat(FINAL_ANSWERS).as("%s %s", state, event).doesNotContain(transition.action());
                        assertThat(transition.next().unanswered()).isFalse();
                    }
                }
            }
        }
    }

    @Test
    void whoeverIsAnsweredAtAllIsAnsweredWhenTheTransactionStopsWaiting() {
        for (TransactionTable table : Set.of(TransactionTable.INVITE, TransactionTable.NON_INVITE)) {
            for (TransactionState state : TransactionState.values()) {
                for (TransactionEvent event : TransactionEvent.values()) {
                    Transition transition = table.transition(state, event);
                    boolean answeredElsewhere =
                            event == TransactionEvent.ANSWERED || event == TransactionEvent.HANDED_OVER;
                    if (state.unanswered() && !transition.next().unanswered() && !answeredElsewhere) {
                        assertThat(FINAL_ANSWERS).as("%s %s", state, event).contains(transition.action());
                    }
                }
            }
        }
    }

    @Test
    void whatIsNeverAnsweredIsNeverAnswered() {
        for (TransactionState state : TransactionState.values()) {
            for (TransactionEvent event : TransactionEvent.values()) {
                assertThat(TransactionTable.UNANSWERED.transition(state, event).action())
                        .isIn(TransactionAction.IGNORE, TransactionAction.ROUTE, TransactionAction.HAND_OVER);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TERMINATED"})
    void noStateIsLeftWithoutATimer(TransactionState state) {
        assertThat(state.timer(true)).isPresent();
        TransactionState next = TransactionTable.INVITE
                .transition(state, TransactionEvent.EXPIRED)
                .next();
        assertThat(next).as("an expired timer changes the state").isNotEqualTo(state);
    }

    private static Set<TransactionTable> tables() {
        Set<TransactionTable> tables = new LinkedHashSet<>();
        tables.add(TransactionTable.INVITE);
        tables.add(TransactionTable.NON_INVITE);
        tables.add(TransactionTable.UNANSWERED);
        return tables;
    }
}
