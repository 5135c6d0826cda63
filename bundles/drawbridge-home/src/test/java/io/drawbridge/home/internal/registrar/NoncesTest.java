// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.lib.jainsip.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class NoncesTest {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private final ManualTime time = new ManualTime();
    private final Nonces nonces = new Nonces(time, 2);

    @Test
    void aCountIsGoodOnceAndOnlyHigherOnesAfterIt() {
        String nonce = nonces.create("flow");
        assertThat(nonces.use(nonce, "flow", 1, LIFE)).isTrue();
        assertThat(nonces.use(nonce, "flow", 1, LIFE)).isFalse();
        assertThat(nonces.use(nonce, "flow", 3, LIFE)).isTrue();
        assertThat(nonces.use(nonce, "flow", 2, LIFE)).isFalse();
    }

    @Test
    void aNonceIsGoodOnItsConnectionAndForItsLifeOnly() {
        String nonce = nonces.create("flow");
        assertThat(nonces.use(nonce, "other", 1, LIFE)).isFalse();
        assertThat(nonces.use("x" + nonce.substring(1), "flow", 1, LIFE)).isFalse();
        assertThat(nonces.use("not base64!", "flow", 1, LIFE)).isFalse();
        time.advance(LIFE.plusMillis(1));
        assertThat(nonces.use(nonce, "flow", 1, LIFE)).isFalse();
    }

    @Test
    void whatIsForgottenCannotBeReplayed() {
        String first = nonces.create("flow");
        assertThat(nonces.use(first, "flow", 1, LIFE)).isTrue();
        for (int i = 0; i < 2; i++) {
            time.advance(Duration.ofMillis(1));
            assertThat(nonces.use(nonces.create("flow"), "flow", 1, LIFE)).isTrue();
        }
        assertThat(nonces.use(first, "flow", 1, LIFE)).isFalse();
        assertThat(nonces.use(first, "flow", 2, LIFE)).isFalse();
    }
}
