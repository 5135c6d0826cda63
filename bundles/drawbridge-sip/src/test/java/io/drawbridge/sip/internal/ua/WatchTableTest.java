// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.ua.WatchTable.Action;
import io.drawbridge.sip.internal.ua.WatchTable.Event;
import io.drawbridge.sip.internal.ua.WatchTable.State;
import io.drawbridge.sip.internal.ua.WatchTable.Transition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state and every event of a watch, as interworking 6.4.3 prints them: "requested" and "granted, watching". */
class WatchTableTest {
    /** For each event: the action and, where it differs, the next state, of a watch requested and of one watching. */
    private static final String TABLE =
            """
            PENDING        | NONE              | NONE
            ACTIVE         | GRANT WATCHING    | NONE
            CONSENT        | GRANT WATCHING    | NONE
            REJECTED       | REFUSE ENDED      | WITHDRAW ENDED
            GONE           | REFUSE ENDED      | WITHDRAW ENDED
            DEACTIVATED    | RESUBSCRIBE       | RESUBSCRIBE
            TIMED_OUT      | RETRY_SLOWLY      | RESUBSCRIBE
            LATER          | RETRY_SLOWLY      | RETRY_LATER
            UNKNOWN_DIALOG | RESUBSCRIBE       | RESUBSCRIBE
            FAILED         | RETRY             | RETRY
            LAPSED         | NONE              | SHOW_OFFLINE
            STOP           | UNSUBSCRIBE ENDED | UNSUBSCRIBE ENDED
            """;

    static Stream<Arguments> cells() {
        return TABLE.lines().map(line -> line.split("\\|", -1)).flatMap(row -> {
            Event event = Event.valueOf(row[0].strip());
            return Stream.of(
                    Arguments.of(State.REQUESTED, event, row[1].strip()),
                    Arguments.of(State.WATCHING, event, row[2].strip()),
                    Arguments.of(State.ENDED, event, "NONE"));
        });
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("cells")
    void everyStateTakesEveryEventAsTheTableSays(State state, Event event, String cell) {
        String[] words = cell.split(" ", -1);
        State next = words.length > 1 ? State.valueOf(words[1]) : state;
        assertThat(WatchTable.transition(state, event)).isEqualTo(new Transition(next, Action.valueOf(words[0])));
    }

    @Test
    void theTableHasEveryEvent() {
        assertThat(cells()).hasSize(State.values().length * Event.values().length);
    }
}
