// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.EndOfLife;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.providers.internal.account.HostedAccount;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider from its configuration to what its users see, with a vendor's plug-in on real threads. */
final class HostTest {
    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private void online() {
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("the account to be online", this::isOnline);
    }

    private boolean isOnline() {
        return scene.directory.accounts().stream()
                .anyMatch(account -> account.status().equals(Optional.of(AccountStatus.ONLINE)));
    }

    private static Reason reason(DeliveryOutcome outcome) {
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Failed.class);
        return ((DeliveryOutcome.Failed) outcome).reason();
    }

    @Test
    void anAccountIsNotOnlineBeforeItsTurnToSignInWhateverItSays() {
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "logInsPerMinute", "1"));
        scene.account("al", Scene.ALICE).account("bo", Scene.principal("bob", "contoso.example"));
        scene.plugged(vendor, "1.0");
        scene.await("both to be opened", () -> vendor.opened.size() == 2);
        scene.await("the first to be online", () -> scene.provider("parrot").online() == 1);
        Vendor.Opened waits = vendor.opened.stream()
                .filter(account -> !vendor.calls.contains(account.settings.name() + " connect"))
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waits.context.status(AccountStatus.ONLINE, ""))
                .withMessage("ONLINE without connect()");
        assertThat(scene.provider("parrot").online()).isEqualTo(1);
        assertThat(scene.provider("parrot").trouble()).contains("ONLINE without connect()");
    }

    @Test
    void whatANetworkDoesNotShowIsNotSentToItAndItsSenderIsNotRefused() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
        Receipt receipt = new Receipt("1", Receipt.Kind.DELIVERED);
        assertThat(outcomeOf(new Event.Acknowledged(
                        Instance.anyOf(Scene.ALICE), Instance.anyOf(Scene.POLLY), "talk", receipt)))
                .isEqualTo(new DeliveryOutcome.HandedOver());
        Event.Typing typing =
                new Event.Typing(Instance.anyOf(Scene.ALICE), Instance.anyOf(Scene.POLLY), "talk", Composing.COMPOSING);
        assertThat(outcomeOf(typing)).isEqualTo(new DeliveryOutcome.HandedOver());
        scene.await("what it shows", () -> vendor.calls.contains("al typing COMPOSING"));
        assertThat(vendor.calls).containsExactly("al connect", "al typing COMPOSING");
    }

    private DeliveryOutcome outcomeOf(Event event) {
        return scene.outcome(scene.link().deliver(event).toCompletableFuture());
    }

    @Test
    void anAccountThatLostItsNetworkIsNotOnlineAgainBeforeItsTurn() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
        vendor.last().context.status(AccountStatus.DISCONNECTED, "planted");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vendor.last().context.status(AccountStatus.ONLINE, ""));
        assertThat(scene.account("al").status()).contains(AccountStatus.DISCONNECTED);
        scene.time.pass(Duration.ofSeconds(6));
        scene.await("it again", () -> scene.account("al").status().equals(Optional.of(AccountStatus.ONLINE)));
    }

    @Test
    void aMessageReachesTheNetworkAndItsOutcomeComesBack() {
        online();
        assertThat(scene.outcome(scene.say("hello"))).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(vendor.calls).containsExactly("al connect", "al deliver hello");
        assertThat(vendor.last().settings.account()).containsEntry("nick", "al").containsEntry(".password", "secret");
        assertThat(vendor.last().settings.provider()).containsEntry("server", "parrot.example");
    }

    @Test
    void aMessageOfTheNetworkReachesTheExchange() {
        online();
        CompletableFuture<Outcome> outcome = vendor.last()
                .context
                .message(
                        Instance.anyOf(Scene.POLLY),
                        Instance.anyOf(Scene.ALICE),
                        Message.chat("1", "talk", "hello back"))
                .toCompletableFuture();
        assertThat(outcome).isCompletedWithValue(new Outcome.Delivered());
        assertThat(scene.brought).singleElement().isInstanceOf(Event.Said.class);
    }

    @Test
    void somebodyWithoutAnAccountIsToldSo() {
        online();
        DeliveryOutcome outcome = scene.outcome(scene.say(Scene.principal("bob", "contoso.example"), "hello"));
        assertThat(reason(outcome)).isEqualTo(Reason.NO_ACCOUNT);
    }

    @Test
    void aMessageThatIsTooLongNeverReachesThePlugin() {
        online();
        DeliveryOutcome outcome = scene.outcome(scene.say("é".repeat(11)));
        assertThat(((DeliveryOutcome.Failed) outcome).condition()).isEqualTo(Condition.NOT_ACCEPTABLE);
        assertThat(scene.outcome(scene.say("é".repeat(10)))).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void aDeliveryWithoutAnOutcomeFailsInItsTimeAndTheLateAnswerIsCounted() {
        CompletableFuture<Outcome> never = new CompletableFuture<>();
        vendor.onDeliver = account -> never;
        online();
        CompletableFuture<DeliveryOutcome> outcome = scene.say("hello");
        scene.await("the call", () -> vendor.calls.contains("al deliver hello"));
        scene.time.pass(Duration.ofSeconds(20));
        assertThat(reason(scene.outcome(outcome))).isEqualTo(Reason.TIMED_OUT);
        never.complete(new Outcome.Delivered());
        assertThat(scene.directory.providers().get(0).trouble()).contains("too late");
    }

    @Test
    void aBacklogWaitsUntilThePluginHasRoomForIt() {
        Queue<CompletableFuture<Outcome>> begun = new ConcurrentLinkedQueue<>();
        vendor.onDeliver = account -> {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            begun.add(outcome);
            return outcome;
        };
        online();
        List<CompletableFuture<DeliveryOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            outcomes.add(scene.say("message " + i));
        }
        scene.await("the first of them", () -> begun.size() == 500);
        begun.peek().complete(new Outcome.Delivered());
        scene.await("one more", () -> begun.size() == 501);
        begun.forEach(outcome -> outcome.complete(new Outcome.Delivered()));
        scene.await("all", () -> begun.size() == 600);
        begun.forEach(outcome -> outcome.complete(new Outcome.Delivered()));
        outcomes.forEach(outcome -> assertThat(scene.outcome(outcome)).isInstanceOf(DeliveryOutcome.Delivered.class));
    }

    @Test
    void messagesWaitWhileTheAccountSignsInAndKeepTheirOrder() {
        vendor.onConnect = account -> {};
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("signing in", () -> vendor.calls.contains("al connect"));
        List<CompletableFuture<DeliveryOutcome>> outcomes =
                List.of(scene.say("one"), scene.say("two"), scene.say("three"));
        assertThat(outcomes).noneMatch(CompletableFuture::isDone);
        vendor.last().context.status(AccountStatus.ONLINE, "");
        outcomes.forEach(outcome -> assertThat(scene.outcome(outcome)).isInstanceOf(DeliveryOutcome.Delivered.class));
        assertThat(vendor.calls).endsWith("al deliver one", "al deliver two", "al deliver three");
    }

    @Test
    void anAccountThatIsDisconnectedTriesAgainLaterAndNotAtOnce() {
        online();
        vendor.last().context.status(AccountStatus.DISCONNECTED, "no network");
        assertThat(reason(scene.outcome(scene.say("hello")))).isEqualTo(Reason.ACCOUNT_OFFLINE);
        assertThat(vendor.calls).containsOnlyOnce("al connect");
        scene.time.pass(Duration.ofSeconds(6));
        scene.await("another try", this::isOnline);
        assertThat(vendor.calls.stream().filter("al connect"::equals)).hasSize(2);
    }

    @Test
    void badCredentialsAreNotTriedAgain() {
        vendor.onConnect = account -> account.context.status(AccountStatus.BAD_CREDENTIALS, "");
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("the try", () -> vendor.calls.contains("al connect"));
        scene.time.pass(Duration.ofDays(2));
        assertThat(vendor.calls).containsExactly("al connect");
    }

    @Test
    void theContextOfAClosedAccountIsDead() {
        online();
        Vendor.Opened account = vendor.last();
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "false"));
        scene.await("the close", () -> vendor.calls.contains("al close"));
        assertThatThrownBy(() -> account.context.status(AccountStatus.ONLINE, ""))
                .isInstanceOf(IllegalStateException.class);
        assertThat(account.context.message(
                        Instance.anyOf(Scene.POLLY), Instance.anyOf(Scene.ALICE), Message.chat("1", "", "late")))
                .isCompletedWithValueMatching(Outcome.Failed.class::isInstance);
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void aSenderOfAnotherDomainIsRefused() {
        online();
        assertThatThrownBy(() -> vendor.last()
                        .context
                        .message(
                                Instance.anyOf(Scene.principal("eve", "else.example")),
                                Instance.anyOf(Scene.ALICE),
                                Message.chat("1", "", "forged")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(scene.brought).isEmpty();
    }

    @Test
    void aPluginIsReplacedWhileMessagesGoAndNoneIsLostOrDoubled() {
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        vendor.onDeliver = account -> slow;
        online();
        CompletableFuture<DeliveryOutcome> begun = scene.say("begun");
        scene.await("the call", () -> vendor.calls.contains("al deliver begun"));
        CompletableFuture<Void> gone = scene.unplugged(vendor);
        scene.await("the account to leave", () -> !isOnline());
        CompletableFuture<DeliveryOutcome> waiting = scene.say("waiting");
        slow.complete(new Outcome.Delivered());
        scene.await("the old plug-in to leave", gone::isDone);
        assertThat(scene.outcome(begun)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(vendor.calls).containsExactly("al connect", "al deliver begun", "al close");
        Vendor next = new Vendor();
        scene.plugged(next, "2.0");
        assertThat(scene.outcome(waiting)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(next.calls).containsExactly("al connect", "al deliver waiting");
        assertThat(scene.directory.providers().get(0).version()).isEqualTo("2.0");
    }

    @Test
    void withoutANewPluginMessagesFailAfterTenSecondsAndThenAtOnce() {
        online();
        CompletableFuture<Void> gone = scene.unplugged(vendor);
        scene.await("the old plug-in to leave", gone::isDone);
        CompletableFuture<DeliveryOutcome> waiting = scene.say("waiting");
        assertThat(waiting).isNotDone();
        scene.time.pass(HostedAccount.PLUGIN_PATIENCE);
        assertThat(reason(scene.outcome(waiting))).isEqualTo(Reason.PROVIDER_ABSENT);
        assertThat(scene.say("too late")).isDone();
        assertThat(scene.published().state()).isEqualTo(PublicProvider.State.ENABLED);
    }

    @Test
    void watchesSurviveASwapWithoutAFlapAndAreSetAgain() {
        online();
        scene.link().deliver(new Event.Watch(Scene.ALICE, Scene.POLLY, true));
        scene.await("the watch", () -> vendor.calls.contains("al watch polly@parrot.example"));
        vendor.last().context.presence(Scene.ALICE, there());
        CompletableFuture<Void> gone = scene.unplugged(vendor);
        scene.await("the old plug-in to leave", gone::isDone);
        Vendor next = new Vendor();
        scene.time.pass(Duration.ofSeconds(20));
        scene.plugged(next, "2.0");
        scene.await("the watch again", () -> next.calls.contains("al watch polly@parrot.example"));
        scene.time.pass(Duration.ofMinutes(1));
        assertThat(scene.brought).containsExactly(new Event.Presence(Scene.ALICE, there()));
    }

    @Test
    void aNetworkThatStaysAwayTakesTheColourOutOfItsContacts() {
        online();
        scene.link().deliver(new Event.Watch(Scene.ALICE, Scene.POLLY, true));
        vendor.last().context.presence(Scene.ALICE, there());
        vendor.onConnect = account -> {};
        vendor.last().context.status(AccountStatus.DISCONNECTED, "");
        scene.time.pass(Duration.ofSeconds(29));
        assertThat(scene.brought).hasSize(1);
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(scene.brought)
                .endsWith(new Event.Presence(Scene.ALICE, PresenceDocument.offline(Scene.POLLY)))
                .hasSize(2);
    }

    private static PresenceDocument there() {
        return new PresenceDocument(Scene.POLLY, List.of(InstancePresence.of("x", Availability.AVAILABLE)));
    }

    @Test
    void aNetworkWithoutContactsGrantsByItsHost() {
        online();
        scene.link().deliver(new Event.Authorization(Scene.ALICE, Scene.POLLY, Event.Step.ASK, ""));
        assertThat(scene.brought)
                .containsExactly(new Event.Authorization(Scene.POLLY, Scene.ALICE, Event.Step.GRANT, ""));
        scene.await("the watch", () -> vendor.calls.contains("al watch polly@parrot.example"));
    }

    @Test
    void whateverAPluginThrowsTheNextMessageComesToIt() {
        vendor.onDeliver = account -> {
            throw new AssertionError("planted");
        };
        online();
        assertThat(reason(scene.outcome(scene.say("one")))).isEqualTo(Reason.PROVIDER_FAILED);
        vendor.onDeliver = account -> CompletableFuture.completedFuture(new Outcome.HandedOver());
        assertThat(scene.outcome(scene.say("two"))).isInstanceOf(DeliveryOutcome.HandedOver.class);
    }

    @Test
    void aPluginThatGoesOnThrowingIsPutInQuarantineAndTriedAgain() {
        vendor.onDeliver = account -> {
            throw new IllegalStateException("planted");
        };
        online();
        for (int i = 0; i < 10; i++) {
            assertThat(reason(scene.outcome(scene.say("message " + i)))).isEqualTo(Reason.PROVIDER_FAILED);
        }
        scene.await("quarantine", () -> state() == ProviderStatus.State.QUARANTINED);
        assertThat(reason(scene.outcome(scene.say("no more")))).isEqualTo(Reason.PROVIDER_FAILED);
        assertThat(vendor.calls).doesNotContain("al deliver no more");
        scene.await("the close", () -> vendor.calls.contains("al close"));
        vendor.onDeliver = account -> CompletableFuture.completedFuture(new Outcome.HandedOver());
        scene.time.pass(Duration.ofMinutes(1));
        scene.await("the account to be online again", () -> {
            // Its threads end in their own time.
            scene.time.pass(Duration.ofSeconds(1));
            return isOnline();
        });
        assertThat(scene.outcome(scene.say("again"))).isInstanceOf(DeliveryOutcome.HandedOver.class);
    }

    private ProviderStatus.State state() {
        return scene.directory.providers().get(0).state();
    }

    @Test
    void aCallThatBlocksIsCountedAndHarmsItsOwnProviderOnly() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        vendor.onConnect = account -> {
            try {
                stuck.await();
            } catch (InterruptedException freed) {
                Thread.currentThread().interrupt();
            }
        };
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("the call", () -> vendor.calls.contains("al connect"));
        scene.time.pass(Duration.ofSeconds(3));
        assertThat(scene.directory.providers().get(0).trouble())
                .contains("blocked")
                .contains("connect, account al");
        stuck.countDown();
    }

    @Test
    void aProviderPastItsEndNeedsTheAdministratorsWord() {
        vendor.description = Vendor.described()
                .endOfLife(new EndOfLife(LocalDate.of(2014, 6, 30), "It ended.", URI.create("https://parrot.example")))
                .build();
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("the end to be known", () -> state() == ProviderStatus.State.ENDED);
        assertThat(scene.published().state()).isEqualTo(PublicProvider.State.ENDED);
        assertThat(reason(scene.outcome(scene.say("hello")))).isEqualTo(Reason.PROVIDER_ENDED);
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", true, "evenThoughEnded", true));
        scene.await("the account to be online", this::isOnline);
    }

    @Test
    void ofTwoPluginsWithOneIdentifierTheFirstServesAndTheOtherTakesItsPlace() {
        online();
        Vendor second = new Vendor();
        scene.host.come(second, "other.bundle", "9.0", second);
        scene.await(
                "the other to be known", () -> !scene.host.census().surplus().isEmpty());
        assertThat(scene.directory.providers())
                .extracting(ProviderStatus::state)
                .containsExactly(ProviderStatus.State.WAITING, ProviderStatus.State.RUNNING);
        assertThat(scene.provider("other.bundle").trouble()).isEmpty();
        CompletableFuture<Void> gone = scene.unplugged(vendor);
        scene.await("the first to leave", gone::isDone);
        scene.await("the other to serve", () -> second.calls.contains("al connect"));
    }

    @Test
    void aPluginWithoutADescriptionIsNamedAndRefused() {
        vendor.description = null;
        scene.enabled().plugged(vendor, "1.0");
        assertThat(scene.directory.providers())
                .anySatisfy(provider -> assertThat(provider.trouble()).contains("description() returns nothing"));
    }

    @Test
    void aBadValueIsNamedWithoutTheSecretAndTheLastGoodStateStays() {
        online();
        scene.configured(
                "io.drawbridge.provider.account~al",
                Map.of("provider", "parrot", "user", "alice@contoso.example", "nick", "al", ".password", "se\ncret"));
        assertThat(scene.host.problems())
                .singleElement()
                .extracting(InvalidSetting::getMessage)
                .isEqualTo("io.drawbridge.provider.account~al: .password=***: is one line of text");
        assertThat(scene.outcome(scene.say("hello"))).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void aKeyThatNobodyKnowsIsNamed() {
        online();
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", true, "colour", "green"));
        assertThat(scene.host.problems())
                .singleElement()
                .extracting(InvalidSetting::key)
                .isEqualTo("colour");
        assertThat(scene.host.check(Map.of("io.drawbridge.provider~parrot", Optional.of(Map.of("enabled", "maybe")))))
                .singleElement()
                .extracting(InvalidSetting::key)
                .isEqualTo("enabled");
    }

    @Test
    void settingsThatChangeOpenTheAccountAgain() {
        online();
        scene.configured(
                "io.drawbridge.provider.account~al",
                Map.of("provider", "parrot", "user", "alice@contoso.example", "nick", "ally", ".password", "x"));
        scene.await("the second session", () -> vendor.calls.size() == 3);
        assertThat(vendor.calls).containsExactly("al connect", "al close", "al connect");
        assertThat(vendor.last().settings.account()).containsEntry("nick", "ally");
    }
}
