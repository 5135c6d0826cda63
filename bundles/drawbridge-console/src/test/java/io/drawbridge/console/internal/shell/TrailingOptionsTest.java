// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.policy.TrafficKind;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.junit.jupiter.api.Test;

final class TrailingOptionsTest {
    /** A command with an option of few words. */
    private static final class Sample implements Action {
        @Option(name = "--kind")
        private TrafficKind kind = TrafficKind.MESSAGE;

        @Override
        public Object execute() {
            return kind;
        }
    }

    private final Sample sample = new Sample();

    @Test
    void aWordOfFewIsTakenInAnyCase() throws Exception {
        assertThat(TrailingOptions.apply(sample, List.of("alice", "--kind", "call", "bob")))
                .containsExactly("alice", "bob");
        assertThat(sample.execute()).isEqualTo(TrafficKind.CALL);
    }

    @Test
    void aWordThatIsNoneOfThemIsAnsweredWithAll() {
        assertThatThrownBy(() -> TrailingOptions.apply(sample, List.of("--kind", "letter")))
                .hasMessage(
                        "the option --kind cannot be 'letter'; it is one of MESSAGE, PRESENCE, CALL, IN_DIALOG, OTHER");
        assertThat(sample.execute()).isEqualTo(TrafficKind.MESSAGE);
    }
}
