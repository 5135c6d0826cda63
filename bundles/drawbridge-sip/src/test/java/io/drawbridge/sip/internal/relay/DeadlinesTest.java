// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.sip.internal.relay.Deadlines.Timer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final Deadlines deadlines = new Deadlines(channel.eventLoop());
    private final List<String> expired = new ArrayList<>();

    @Test
    void eachExpiresInTheOrderOfItsKindAndNeverEarly() {
        Named first = set("first", Timer.F, 1000);
        advance(500);
        set("second", Timer.F, 1000);
        set("other kind", Timer.B, 300);
        advance(400);
        assertThat(expired).containsExactly("other kind");
        advance(200);
        assertThat(expired).containsExactly("other kind", "first");
        advance(500);
        assertThat(expired).containsExactly("other kind", "first", "second");
        deadlines.clear(first);
    }

    @Test
    void whatIsClearedNeverExpires() {
        Named first = set("first", Timer.F, 1000);
        Named second = set("second", Timer.F, 1000);
        Named third = set("third", Timer.F, 1000);
        deadlines.clear(second);
        deadlines.clear(second);
        deadlines.clear(first);
        advance(2000);

        assertThat(expired).containsExactly("third");
        deadlines.clear(third);
    }

    @Test
    void settingAgainRestarts() {
        Named only = set("only", Timer.C, 1000);
        advance(900);
        deadlines.set(only, Timer.C, TimeUnit.MILLISECONDS.toNanos(1000));
        advance(900);
        assertThat(expired).isEmpty();
        advance(300);
        assertThat(expired).containsExactly("only");
    }

    @Test
    void anIdleLoopIsLeftAlone() {
        set("only", Timer.F, 100);
        advance(300);

        assertThat(channel.runScheduledPendingTasks())
                .as("nothing is scheduled")
                .isEqualTo(-1);
        set("again", Timer.F, 100);
        advance(300);
        assertThat(expired).containsExactly("only", "again");
    }

    @Test
    void oneThatExpiresMayClearAnother() {
        Named victim = new Named("victim");
        Deadlines.Entry killer = new Deadlines.Entry() {
            @Override
            void expired() {
                deadlines.clear(victim);
            }
        };
        deadlines.set(killer, Timer.F, 1);
        deadlines.set(victim, Timer.F, 1);
        advance(200);

        assertThat(expired).isEmpty();
    }

    private Named set(String name, Timer timer, long millis) {
        Named entry = new Named(name);
        deadlines.set(entry, timer, TimeUnit.MILLISECONDS.toNanos(millis));
        return entry;
    }

    private void advance(long millis) {
        for (long step = 0; step < millis; step += 100) {
            ticker.advance(100, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private final class Named extends Deadlines.Entry {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        void expired() {
            expired.add(name);
        }
    }
}
