// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account is open once at a time, and asks once for its turn to sign in. */
final class SigningInTest {
    private static final String ACCOUNT = "io.drawbridge.provider.account~al";

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        scene.close();
    }

    private void connects() {
        vendor.onConnect = account -> {};
        vendor.onClose = account -> Uninterrupted.await(held);
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("signing in", () -> vendor.calls.contains("al connect"));
        scene.time.pass(Duration.ofMinutes(2));
        scene.await("it to be closed", () -> vendor.last().closed);
        assertThat(scene.account("al").detail()).isEqualTo("signing in came to no end");
    }

    @Test
    void oneThatCameToNoEndIsClosedBeforeItIsOpenedAgain() {
        connects();
        // It is tried again before closing has taken too long.
        scene.time.pass(Duration.ofSeconds(6));
        assertThat(scene.account("al").status()).contains(AccountStatus.DISCONNECTED);
        assertThat(vendor.opened).hasSize(1);
        vendor.onClose = account -> {};
        held.countDown();
        scene.await("the next", () -> vendor.opened.size() == 2);
    }

    @Test
    void oneThatCameToNoEndIsClosedBeforeAnotherPluginOpensIt() {
        connects();
        scene.unplugged(vendor);
        Vendor next = new Vendor();
        scene.host.come(next, "other.bundle", "2.0", next);
        scene.await("the next plug-in", () -> scene.provider("parrot").version().equals("2.0"));
        assertThat(next.opened).isEmpty();
        held.countDown();
        scene.await("it to be opened there", () -> next.opened.size() == 1);
    }

    @Test
    void whoIsOpenedWithHisLastGoodSettingsAsksOnceForHisTurn() {
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "logInsPerMinute", "1"));
        scene.account("al", Scene.ALICE).online(vendor, "al");
        scene.configured(
                ACCOUNT,
                Map.of("provider", "parrot", "user", "alice@contoso.example", "nick", "nobody", ".password", "x"));
        scene.await("it with its last good settings", () -> vendor.opened.size() == 2);
        assertThat(scene.host.providers().iterator().next().logIns().waiting()).isEqualTo(1);
        scene.await("its turn", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return scene.account("al").status().equals(Optional.of(AccountStatus.ONLINE));
        });
        assertThat(vendor.calls.stream().filter("al connect"::equals)).hasSize(2);
    }
}
