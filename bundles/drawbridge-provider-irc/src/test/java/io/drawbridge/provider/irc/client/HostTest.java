// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostTest {
    /** Java's own timer thread would outlive the bundle and keep its classes. */
    @Test
    void whatTheLaneHasNoRoomForComesAgainByTheTimersOfTheAccount() {
        Script script = Script.signedIn("server-time", "NICKLEN=30");
        List<String> done = new ArrayList<>();
        script.full = true;
        new Host(script).execute(() -> done.add("it"));
        script.full = false;
        assertThat(done).isEmpty();
        script.passes(Duration.ofMillis(100));
        assertThat(done).containsExactly("it");
    }
}
