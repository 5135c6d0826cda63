// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RememberedConsentsTest {
    private static final Address ALICE = Address.of("alice@contoso.example");

    @TempDir
    private Path folder;

    private static Question question(int number) {
        return new Question(
                ALICE,
                Address.of("w" + number + "@chat.example"),
                Question.Origin.VERIFIED,
                "",
                Ledgers.NOON.plusSeconds(number));
    }

    @Test
    void ofTheQuestionsToAUserTheNewestAreKeptAlsoOnDisk() throws Exception {
        int most = RememberedConsents.MOST_QUESTIONS_OF_A_USER;
        try (JdbcLedger ledger = Ledgers.open(Ledgers.embedded(folder))) {
            RememberedConsents consents = new RememberedConsents(
                    ledger, new Ledger.Content(Map.of(), Map.of(), Map.of(), Set.of(), List.of()));
            for (int i = 0; i <= most + 1; i++) {
                consents.ask(question(i));
            }
            consents.ask(question(2));
            consents.settle(ALICE, question(3).watcher());
            assertThat(consents.questions())
                    .hasSize(most - 1)
                    .startsWith(question(2), question(4))
                    .endsWith(question(most + 1));
        }
        assertThat(Ledgers.content(Ledgers.embedded(folder)).questions())
                .hasSize(most - 1)
                .startsWith(question(2), question(4))
                .endsWith(question(most + 1));
    }
}
