// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What messages that wait may take is bounded by their length, wherever they wait; whoever comes too late is told so. */
final class WaitingMessagesTest {
    private static final Principal BOB = Scene.principal("bob", "contoso.example");

    /** The network takes its first body; ten of it are less than a user's account may have, eleven are more. */
    private static final Message LONG = new Message(
            "1",
            "talk",
            Message.Style.CHAT,
            "",
            List.of(Body.plain("short"), new Body("text/html", "", "x".repeat(100_000))),
            Set.of(),
            Optional.empty(),
            Optional.empty());

    private static final int MOST = 10;

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private List<CompletableFuture<DeliveryOutcome>> say(Principal sender, int times) {
        return IntStream.range(0, times).mapToObj(i -> scene.say(sender, LONG)).toList();
    }

    private Reason reason(CompletableFuture<DeliveryOutcome> outcome) {
        return ((DeliveryOutcome.Failed) scene.outcome(outcome)).reason();
    }

    /** Accounts that are signing in. */
    private void connecting() {
        vendor.onConnect = account -> {};
        scene.enabled().account("al", Scene.ALICE).account("bo", BOB).plugged(vendor, "1.0");
        scene.await(
                "both to sign in",
                () -> scene.account("al").status().equals(Optional.of(AccountStatus.CONNECTING))
                        && scene.account("bo").status().equals(Optional.of(AccountStatus.CONNECTING)));
    }

    @Test
    void longOnesThatWaitForAnAccountToSignInAreRefusedBeforeTheyFillTheMemory() {
        connecting();
        assertThat(say(Scene.ALICE, MOST)).noneMatch(CompletableFuture::isDone);
        assertThat(reason(scene.say(Scene.ALICE, LONG))).isEqualTo(Reason.OVERLOADED);
        assertThat(say(BOB, MOST)).as("another user's").noneMatch(CompletableFuture::isDone);
    }

    @Test
    void longOnesThatThePlugInHasNotAnsweredAreRefusedBeforeTheyFillTheMemory() {
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        vendor.onDeliver = account -> slow;
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
        List<CompletableFuture<DeliveryOutcome>> first = say(Scene.ALICE, MOST);
        assertThat(reason(scene.say(Scene.ALICE, LONG))).isEqualTo(Reason.OVERLOADED);
        slow.complete(new Outcome.Delivered());
        first.forEach(outcome -> assertThat(scene.outcome(outcome)).isInstanceOf(DeliveryOutcome.Delivered.class));
        assertThat(scene.outcome(scene.say(Scene.ALICE, LONG))).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void whatHasItsOutcomeMakesRoom() {
        connecting();
        List<CompletableFuture<DeliveryOutcome>> first = say(Scene.ALICE, MOST);
        scene.time.pass(Duration.ofSeconds(21));
        assertThat(first).allMatch(CompletableFuture::isDone);
        assertThat(say(Scene.ALICE, MOST)).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void allAccountsOfAProviderTogetherAreBoundedToo() {
        vendor.onConnect = account -> {};
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "logInsPerMinute", "6000"));
        for (int i = 0; i < 18; i++) {
            scene.account("user" + i, Scene.principal("user" + i, "contoso.example"));
        }
        scene.plugged(vendor, "1.0");
        long refused = IntStream.range(0, 18)
                .boxed()
                .flatMap(i -> say(Scene.principal("user" + i, "contoso.example"), MOST).stream())
                .filter(CompletableFuture::isDone)
                .peek(outcome -> assertThat(reason(outcome)).isEqualTo(Reason.OVERLOADED))
                .count();
        assertThat(refused).isBetween(5L, 20L);
    }
}
