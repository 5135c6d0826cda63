// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.xmpp.internal.codec.Stanza;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Backlog backlog = new Backlog();
    private long number;

    private Sending sending(String xml, Instant deadline) {
        DomainName own = DomainName.of("contoso.example");
        DomainName partner = DomainName.of("chat.example");
        return new Sending(new OutgoingStanza(Stanza.Kind.MESSAGE, own, partner, xml), null, ++number, deadline);
    }

    private Sending sending(int characters) {
        return sending("x".repeat(characters), NOW);
    }

    @Test
    void shortStanzasWaitByThousandsAndLongOnesByTheirLength() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(backlog.add(sending(400))).isTrue();
        }
        assertThat(backlog.add(sending(Backlog.MOST_CHARACTERS - 10_000 * 400))).isTrue();
        assertThat(backlog.add(sending(1))).isFalse();
        backlog.poll();
        assertThat(backlog.add(sending(400))).isTrue();
        assertThat(backlog.add(sending(1))).isFalse();
        assertThat(backlog.pollAll()).hasSize(10_001);

        assertThat(backlog.add(sending(Backlog.MOST_CHARACTERS))).isTrue();
    }

    @Test
    void oneStanzaMayWaitHoweverLongItIs() {
        assertThat(backlog.add(sending(Backlog.MOST_CHARACTERS + 1))).isTrue();
    }

    @Test
    void whatComesBackIsWhereItWasAndWhatIsLateLeaves() {
        Sending first = sending("<message/>", NOW);
        Sending second = sending("<message/>", NOW.plusSeconds(2));
        backlog.add(second);
        backlog.restore(first);
        assertThat(backlog.pollLate(NOW)).isEmpty();

        assertThat(backlog.pollLate(NOW.plusSeconds(1))).containsExactly(first);
        assertThat(backlog.poll()).isSameAs(second);
        assertThat(backlog.poll()).isNull();
    }
}
