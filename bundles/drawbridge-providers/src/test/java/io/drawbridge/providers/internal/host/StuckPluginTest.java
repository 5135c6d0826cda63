// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountContext;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.Provider;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.providers.internal.plugin.Uninterrupted;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plug-in whose every thread stands still. */
final class StuckPluginTest {
    private static final Principal BOB = Scene.principal("bob", "contoso.example");

    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final AtomicInteger blocked = new AtomicInteger();

    @AfterEach
    void close() {
        stuck.countDown();
        scene.close();
    }

    private CompletionStage<Outcome> block(boolean endsWhenInterrupted) {
        blocked.incrementAndGet();
        if (endsWhenInterrupted) {
            awaitOrEnd();
        } else {
            Uninterrupted.await(stuck);
        }
        return CompletableFuture.completedFuture(new Outcome.Delivered());
    }

    private void awaitOrEnd() {
        try {
            stuck.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Two accounts, and so both threads. */
    private void blockBoth(boolean endsWhenInterrupted) {
        vendor.onDeliver = account -> block(endsWhenInterrupted);
        scene.enabled().account("al", Scene.ALICE).account("bo", BOB).online(vendor, "al");
        scene.await("both", () -> scene.provider("parrot").online() == 2);
        scene.say("one");
        scene.say(BOB, "two");
        scene.await("both threads to stand still", () -> blocked.get() == 2);
        scene.time.pass(Duration.ofSeconds(3));
        scene.await("quarantine", () -> scene.provider("parrot").state() == State.QUARANTINED);
    }

    @Test
    void itIsPutInQuarantineAtOnceAndNamedAndTheOthersGoOn() {
        Vendor pigeons = new Vendor();
        pigeons.description = ProviderDescription.of("pigeon", "Pigeon net")
                .domains("pigeon.example")
                .accountSettings(Setting.required("nick", Setting.Type.TEXT, "Its name."))
                .capable(Vendor.described().build().capabilities().toArray(Capability[]::new))
                .build();
        scene.configured("io.drawbridge.provider~pigeon", Map.of("enabled", "true"))
                .configured(
                        "io.drawbridge.provider.account~pi",
                        Map.of("provider", "pigeon", "user", "alice@contoso.example", "nick", "pi"))
                .online(pigeons, "pi");
        blockBoth(true);
        assertThat(scene.provider("parrot").trouble())
                .contains("all its threads are blocked", "account al", "account bo");
        assertThat(((DeliveryOutcome.Failed) scene.outcome(scene.say("three"))).reason())
                .isEqualTo(Reason.PROVIDER_FAILED);
        Event.Said said = new Event.Said(
                Instance.anyOf(Scene.ALICE),
                Instance.anyOf(Scene.principal("pi", "pigeon.example")),
                Message.chat("1", "talk", "coo"));
        assertThat(scene.outcome(scene.link("pigeon").deliver(said).toCompletableFuture()))
                .isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void itIsTriedAgainOnlyWhenItsThreadsHaveEnded() {
        blockBoth(false);
        scene.time.pass(Duration.ofMinutes(1));
        assertThat(scene.provider("parrot").state()).isEqualTo(State.QUARANTINED);
        assertThat(vendor.opened).hasSize(2);
        stuck.countDown();
        scene.await("both again", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return scene.provider("parrot").online() == 2;
        });
        assertThat(vendor.opened).hasSize(4);
    }

    @Test
    void howeverManyRestsPassItHoldsNoMoreThreadsThanItHas() {
        blockBoth(false);
        for (int i = 0; i < 30; i++) {
            scene.time.pass(Duration.ofMinutes(61));
            scene.say("again");
            scene.say(BOB, "again");
            scene.time.pass(Duration.ofSeconds(3));
        }
        assertThat(blocked).hasValue(2);
        assertThat(scene.provider("parrot").state()).isEqualTo(State.QUARANTINED);
    }

    @Test
    void theEndOfARestDoesNotEndThatOfThePluginInItsPlace() {
        blockBoth(true);
        CompletableFuture<Void> gone = scene.unplugged(vendor);
        scene.await("it to leave", gone::isDone);
        assertThat(scene.provider("parrot").state()).isEqualTo(State.ABSENT);
        scene.time.pass(Duration.ofSeconds(30));
        Vendor next = new Vendor();
        next.onDeliver = account -> {
            throw new IllegalStateException("planted");
        };
        scene.online(next, "al");
        for (int i = 0; i < 10; i++) {
            scene.outcome(scene.say("again"));
        }
        scene.await("quarantine", () -> scene.provider("parrot").state() == State.QUARANTINED);
        scene.time.pass(Duration.ofSeconds(50));
        assertThat(scene.provider("parrot").state()).isEqualTo(State.QUARANTINED);
    }

    @Test
    void moreThreadsActAtOnce() {
        vendor.onDeliver = account -> block(true);
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "threads", "1"));
        scene.account("al", Scene.ALICE).account("bo", BOB).online(vendor, "al");
        scene.await("both", () -> scene.provider("parrot").online() == 2);
        scene.say("one");
        scene.await("the only thread to stand still", () -> blocked.get() == 1);
        scene.say(BOB, "two");
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "threads", "2"));
        scene.await("the other thread", () -> blocked.get() == 2);
    }

    @Test
    void aDescriptionThatNeverReturnsCostsOneThreadHoweverOftenItsBundleComes() {
        Provider mute = new NativeProvider() {
            @Override
            public ProviderDescription description() {
                block(false);
                return null;
            }

            @Override
            public Account open(AccountSettings settings, AccountContext context) {
                throw new AssertionError("nobody knows what it is");
            }
        };
        scene.host.come("first", "mute.bundle", "1.0", mute);
        scene.await("the question", () -> blocked.get() == 1);
        scene.time.pass(Duration.ofSeconds(2));
        scene.host.come("second", "mute.bundle", "1.1", mute);
        scene.await("both to be refused", () -> scene.host.census().refused().size() == 2);
        assertThat(scene.directory.providers())
                .extracting(status -> status.trouble())
                .containsExactlyInAnyOrder(
                        "description() does not return within a second",
                        "description() of an earlier one of it has still not returned");
        assertThat(blocked).hasValue(1);
    }
}
