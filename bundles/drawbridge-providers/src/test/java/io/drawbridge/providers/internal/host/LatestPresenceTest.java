// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Presence is a state: however little room there is, the latest comes in the end, and nothing that no longer holds stays. */
final class LatestPresenceTest {
    private static final Event.Typing WRITES =
            new Event.Typing(Instance.anyOf(Scene.ALICE), Instance.anyOf(Scene.POLLY), "talk", Composing.COMPOSING);

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void close() {
        held.countDown();
        scene.close();
    }

    private void online() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
    }

    private DeliveryOutcome outcome(Event event) {
        return scene.outcome(scene.link().deliver(event).toCompletableFuture());
    }

    private static PresenceDocument alice(Availability availability) {
        return new PresenceDocument(Scene.ALICE, List.of(InstancePresence.of("desk", availability)));
    }

    private static PresenceDocument saying(Principal who, int characters) {
        Note note = new Note("", "x".repeat(characters));
        return new PresenceDocument(
                who,
                List.of(new InstancePresence(
                        "desk", Availability.AVAILABLE, List.of(note), Optional.empty(), Optional.empty())));
    }

    private static Principal bird(int number) {
        return Scene.principal("bird" + number, "parrot.example");
    }

    /** Has the plug-in stand still, and fills what may wait for it. */
    private void busy() {
        CountDownLatch begun = new CountDownLatch(1);
        vendor.onDeliver = account -> {
            begun.countDown();
            Uninterrupted.await(held);
            return CompletableFuture.completedFuture(new Outcome.Delivered());
        };
        scene.say("hello");
        scene.await("the call", () -> begun.getCount() == 0);
        int most = 2000;
        while (outcome(WRITES) instanceof DeliveryOutcome.HandedOver && most > 0) {
            most--;
        }
        assertThat(most).as("it is full").isPositive();
    }

    @Test
    void whatAFullPluginHasNoRoomForIsShownLaterAsItStandsThen() {
        online();
        busy();
        assertThat(outcome(new Event.Presence(Scene.POLLY, alice(Availability.AWAY))))
                .isInstanceOf(DeliveryOutcome.HandedOver.class);
        assertThat(outcome(new Event.Presence(Scene.POLLY, alice(Availability.AVAILABLE))))
                .isInstanceOf(DeliveryOutcome.HandedOver.class);
        scene.link().deliver(new Event.Watch(Scene.ALICE, Scene.POLLY, true));
        held.countDown();
        scene.await(
                "what it was full of",
                () -> vendor.calls.stream()
                                .filter("al typing COMPOSING"::equals)
                                .count()
                        >= 1000);
        scene.time.pass(Duration.ofSeconds(2));
        scene.await("the watch", () -> vendor.calls.contains("al watch polly@parrot.example"));
        assertThat(vendor.shown).containsEntry(Scene.POLLY, alice(Availability.AVAILABLE));
        assertThat(vendor.calls).containsOnlyOnce("al show alice@contoso.example");
    }

    @Test
    void nothingIsToldAgainWhileTheAccountIsNotSignedIn() {
        int many = 500;
        online();
        for (int i = 0; i < many; i++) {
            scene.link().deliver(new Event.Watch(Scene.ALICE, bird(i), true));
        }
        scene.await("the watches", () -> watches() == many);
        vendor.last().context.status(AccountStatus.DISCONNECTED, "");
        scene.await("another sign-in", () -> {
            scene.time.pass(Duration.ofMillis(100));
            return scene.account("al").status().equals(Optional.of(AccountStatus.ONLINE));
        });
        scene.await("the first of them again", () -> watches() >= many + 50);
        vendor.onConnect = account -> {};
        vendor.last().context.status(AccountStatus.DISCONNECTED, "");
        // What was on its way to the plug-in comes before this.
        CountDownLatch told = new CountDownLatch(1);
        vendor.last().context.executor().execute(told::countDown);
        scene.await("what was on its way", () -> told.getCount() == 0);
        long before = watches();
        scene.time.pass(Duration.ofSeconds(20));
        CountDownLatch later = new CountDownLatch(1);
        vendor.last().context.executor().execute(later::countDown);
        scene.await("whatever else", () -> later.getCount() == 0);
        assertThat(watches()).isEqualTo(before).isLessThan(2L * many);
    }

    private long watches() {
        return vendor.calls.stream().filter(call -> call.contains(" watch ")).count();
    }

    @Test
    void aDocumentThatIsTooLongIsRefusedWithTheRuleAndWhatWasShownBeforeIsShownNoLonger() {
        online();
        outcome(new Event.Presence(Scene.POLLY, alice(Availability.AVAILABLE)));
        assertThat(outcome(new Event.Presence(Scene.POLLY, saying(Scene.ALICE, 40_000))))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(Reason.CONTENT_TOO_LARGE);
                    assertThat(failed.text()).isEqualTo("a presence document has at most 32768 characters");
                });
        scene.await("nothing to be shown", () -> PresenceDocument.offline(Scene.ALICE)
                .equals(vendor.shown.get(Scene.POLLY)));
    }

    @Test
    void whatIsShownIsBoundedByItsLengthForEachUserAndWhatIsShownNoLongerMakesRoom() {
        online();
        int taken = 0;
        while (taken < 100 && shows(taken)) {
            taken++;
        }
        assertThat(taken).as("a megabyte").isBetween(30, 40);
        assertThat(outcome(new Event.Presence(bird(taken), saying(Scene.ALICE, 30_000))))
                .isInstanceOfSatisfying(DeliveryOutcome.Failed.class, failed -> assertThat(failed.reason())
                        .isEqualTo(Reason.OVERLOADED));
        outcome(new Event.Presence(bird(0), PresenceDocument.offline(Scene.ALICE)));
        assertThat(shows(taken)).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(shows(taken)).as("the same again").isTrue();
        }
    }

    private boolean shows(int watcher) {
        return outcome(new Event.Presence(bird(watcher), saying(Scene.ALICE, 30_000)))
                instanceof DeliveryOutcome.HandedOver;
    }

    @Test
    void aDocumentOfTheNetworkThatIsTooLongIsRefusedWithTheRuleAndCounts() {
        online();
        scene.link().deliver(new Event.Watch(Scene.ALICE, Scene.POLLY, true));
        vendor.last().context.presence(Scene.ALICE, saying(Scene.POLLY, 30_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vendor.last().context.presence(Scene.ALICE, saying(Scene.POLLY, 40_000)))
                .withMessage("a presence document has at most 32768 characters");
        assertThat(scene.brought).hasSize(1);
        assertThat(scene.provider("parrot").trouble()).contains("at most 32768 characters");
    }

    @Test
    void whatTheExchangeHasNoRoomForComesToTheWatcherInTheEnd() {
        online();
        scene.link().deliver(new Event.Watch(Scene.ALICE, Scene.POLLY, true));
        scene.exchange = event -> DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.OVERLOADED);
        vendor.last().context.presence(Scene.ALICE, saying(Scene.POLLY, 10));
        scene.exchange = event -> new DeliveryOutcome.Delivered();
        scene.brought.clear();
        scene.time.pass(Duration.ofSeconds(5));
        assertThat(scene.brought).containsExactly(new Event.Presence(Scene.ALICE, saying(Scene.POLLY, 10)));
    }

    /** As partnerSignalsPerSecond of io.drawbridge.exchange: 200 a second of a domain, and what ten seconds allow at once. */
    private final class SignalLimit {
        private static final double MOST = 2_000;
        private static final double PER_SECOND = 200;

        private final Map<Principal, Boolean> seen = new HashMap<>();
        private double left = MOST;
        private Instant since = scene.time.instant();

        synchronized DeliveryOutcome take(Event event) {
            Instant now = scene.time.instant();
            left = Math.min(
                    MOST, left + PER_SECOND * Duration.between(since, now).toMillis() / 1000);
            since = now;
            if (left < 1) {
                return DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.LIMIT_EXCEEDED);
            }
            left--;
            PresenceDocument document = ((Event.Presence) event).document();
            seen.put(document.presentity(), !document.instances().isEmpty());
            return new DeliveryOutcome.Delivered();
        }

        synchronized boolean sees(int contacts, boolean there) {
            return seen.size() == contacts && seen.values().stream().allMatch(now -> now == there);
        }
    }

    @Test
    void howeverManyContactsComeAndGoAtOnceTheLimitOfTheExchangeLosesNone() {
        int many = 4_000;
        online();
        for (int i = 0; i < many; i++) {
            scene.link().deliver(new Event.Watch(Scene.ALICE, bird(i), true));
        }
        SignalLimit limit = new SignalLimit();
        scene.exchange = limit::take;
        for (int i = 0; i < many; i++) {
            vendor.last().context.presence(Scene.ALICE, saying(bird(i), 1));
        }
        assertThat(limit.sees(many, true)).as("the limit acts").isFalse();
        scene.time.pass(Duration.ofMinutes(2));
        assertThat(limit.sees(many, true)).isTrue();
        vendor.onConnect = account -> {};
        vendor.last().context.status(AccountStatus.DISCONNECTED, "");
        scene.time.pass(Duration.ofMinutes(3));
        assertThat(limit.sees(many, false)).isTrue();
    }
}
