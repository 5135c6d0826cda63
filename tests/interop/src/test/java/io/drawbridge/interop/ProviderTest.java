// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Baresip;
import io.drawbridge.testbed.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small organisation and the sample of a provider: installed, enabled and replaced while an ordinary client writes. */
final class ProviderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DELIVERIES = "drawbridge_provider_deliveries_total";
    private static final String ARRIVALS = "drawbridge_provider_arrivals_total";
    private static final int LEAST = 40;
    private static final int MOST = 5_000;

    @TempDir
    private static Path directory;

    @AutoClose
    private static World world;

    @AutoClose
    private static SmallSite contoso;

    @BeforeAll
    static void start() {
        world = new World(directory);
        contoso = new SmallSite(world, "contoso.example", "alice", "echo.example").allowingPublicNetworks();
        contoso.appliance()
                .configure(
                        "io.drawbridge.exchange",
                        Map.of(
                                "senderMessagesPerMinute",
                                60_000,
                                "senderMessageBurst",
                                10_000,
                                "partnerMessagesPerSecond",
                                1000,
                                "partnerMessageBurst",
                                10_000));
        contoso.start();
    }

    @Test
    void aProviderIsInstalledEnabledAndReplacedWhileMessagesGo() {
        assertThat(contoso.appliance().shell("feature:install drawbridge-provider-example"))
                .doesNotContain("Error");
        assertThat(contoso.appliance().shell("drawbridge:test-partner echo.example"))
                .contains("the provider is not enabled (this appliance's configuration)")
                .contains("Remedy: drawbridge:providers enable example");
        contoso.appliance().configure("io.drawbridge.provider", "example", Map.of("enabled", true));
        Eventually.await(
                "the account to sign in",
                PATIENCE,
                () -> contoso.appliance().metric("drawbridge_provider_accounts", "status=\"online\"") == 1);
        explains();
        try (Baresip alice = contoso.signedIn("parrot@echo.example")) {
            alice.command("message", "hello parrot");
            alice.awaits("parrot@echo.example: ", "hello parrot");
            replaceWhileWriting(alice);
        }
    }

    /** What goes out and what comes in is judged as what it is, and not as SIP. */
    private static void explains() {
        String plugin = "Echo network is served by version ";
        assertThat(contoso.appliance().shell("drawbridge:why alice@contoso.example parrot@echo.example"))
                .contains(
                        "ALLOWED", "Route: link provider.example", plugin, "example serves all", "is signed in since");
        assertThat(contoso.appliance().shell("drawbridge:why parrot@echo.example alice@contoso.example"))
                .contains("ALLOWED", "by the account on the provider's network", plugin, "Route: embedded home");
        assertThat(contoso.appliance().shell("drawbridge:test-partner echo.example"))
                .contains("the provider is allowed", plugin, "1 of 1 signed in")
                .doesNotContain("Remedy");
    }

    /** One after another, as the client's control takes no command while it reads another; the plug-in goes meanwhile. */
    private static void replaceWhileWriting(Baresip alice) {
        double before = contoso.appliance().metric(DELIVERIES, "");
        Thread update = new Thread(() -> contoso.appliance().shell("bundle:update drawbridge-provider-example"));
        update.start();
        int sent = 0;
        while (sent < LEAST || (update.isAlive() && sent < MOST)) {
            alice.command("message", "number " + sent + " of many");
            alice.awaits("parrot@echo.example: ", "number " + sent + " of many");
            sent++;
        }
        join(update);
        assertThat(contoso.appliance().metric(DELIVERIES, "outcome=\"delivered\""))
                .as("each was delivered once")
                .isEqualTo(before + sent);
        assertThat(contoso.appliance().metric(DELIVERIES, ""))
                .as("and none failed")
                .isEqualTo(before + sent);
        assertThat(contoso.appliance().metric(ARRIVALS, ""))
                .as("each came back once")
                .isEqualTo(before + sent);
        assertThat(contoso.appliance().log().split("Provider example is served by", -1))
                .as("two plug-ins served, one after the other")
                .hasSize(3);
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("the update takes its time").isFalse();
    }
}
