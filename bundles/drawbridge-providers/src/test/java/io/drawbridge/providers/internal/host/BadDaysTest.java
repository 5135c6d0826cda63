// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.NativeProvider;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.providers.internal.plugin.Misbehaviour;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plug-in does that it promised not to do is contained, and named where health and operators look. */
final class BadDaysTest {
    private final Scene scene = new Scene();
    private final Vendor vendor = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private void online() {
        scene.enabled().account("al", Scene.ALICE).online(vendor, "al");
    }

    private String trouble() {
        return scene.provider("parrot").trouble();
    }

    /** A stage that tells whoever asks twice. */
    private static final class Twice extends CompletableFuture<Outcome> {
        @Override
        public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
            action.accept(new Outcome.Delivered(), null);
            action.accept(Outcome.failed(Condition.SERVICE_UNAVAILABLE, ""), null);
            return this;
        }
    }

    @Test
    void aSecondAnswerCountsForNothingAndIsNamed() {
        vendor.onDeliver = account -> new Twice();
        online();
        assertThat(scene.outcome(scene.say("hello"))).isInstanceOf(DeliveryOutcome.Delivered.class);
        scene.await("the second answer to be named", () -> trouble().equals("it answered twice (deliver, account al)"));
    }

    @Test
    void aWordAfterCloseIsNamedAndAWordWhileItClosesIsNot() {
        vendor.onClose = account -> {
            assertThatThrownBy(() -> account.context.status(AccountStatus.ONLINE, ""))
                    .isInstanceOf(IllegalStateException.class);
            vendor.calls.add("al spoke");
        };
        online();
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "false"));
        scene.await("the word", () -> vendor.calls.contains("al spoke"));
        assertThat(trouble()).isEmpty();
        scene.await("its end", () -> {
            assertThatThrownBy(() -> vendor.last().context.status(AccountStatus.ONLINE, ""))
                    .isInstanceOf(IllegalStateException.class);
            return !trouble().isEmpty();
        });
        assertThat(trouble()).isEqualTo("it spoke after close (its context, account al)");
    }

    @Test
    void whoMisbehavesWhileItLeavesDoesNotSendItsSuccessorToRest() {
        vendor.onClose = account -> {
            throw new IllegalStateException("planted");
        };
        scene.configured("io.drawbridge.provider~parrot", Map.of("enabled", "true", "logInsPerMinute", "6000"));
        for (int i = 0; i < 10; i++) {
            scene.account("user" + i, Scene.principal("user" + i, "contoso.example"));
        }
        scene.plugged(vendor, "1.0");
        scene.await("all to be online", () -> scene.provider("parrot").online() == 10);
        Vendor next = new Vendor();
        scene.host.come(next, "other.bundle", "1.0", next);
        scene.await("another", () -> !scene.host.census().surplus().isEmpty());
        leave(vendor);
        scene.await("all that it does", () -> threw() == 10);
        scene.await("all to be online again", () -> scene.provider("parrot").online() == 10);
        assertThat(scene.provider("parrot").state()).isEqualTo(State.RUNNING);
        assertThat(trouble()).isEmpty();

        next.onDeliver = account -> {
            throw new IllegalStateException("planted too");
        };
        for (int i = 0; i < 10; i++) {
            scene.outcome(scene.say(Scene.principal("user1", "contoso.example"), "hello"));
        }
        scene.await("its own rest", () -> scene.provider("parrot").state() == State.QUARANTINED);
        assertThat(trouble()).contains("deliver");
    }

    private long threw() {
        return scene.host.providers().iterator().next().conduct().counts().get(Misbehaviour.THREW);
    }

    @Test
    void anAbilityThatIsDeclaredAndNotThereKeepsItsAccountClosedAndIsNamed() {
        vendor.description = Vendor.described().capable(Capability.CONTACTS).build();
        scene.enabled().account("al", Scene.ALICE).plugged(vendor, "1.0");
        scene.await("the refusal", () -> !trouble().isEmpty());
        assertThat(trouble()).isEqualTo("its abilities are not those it declares (CONTACTS, account al)");
        scene.await(
                "the account to rest",
                () -> scene.account("al").status().equals(Optional.of(AccountStatus.DISCONNECTED)));
        assertThat(((DeliveryOutcome.Failed) scene.outcome(scene.say("hello"))).reason())
                .isEqualTo(Reason.ACCOUNT_OFFLINE);
        assertThat(vendor.calls).containsExactly("al close");
    }

    @Test
    void moreTimersThanItMayHaveAreRefusedAndNamed() {
        online();
        for (int i = 0; i < 1000; i++) {
            vendor.last().context.after(Duration.ofDays(1), () -> {});
        }
        assertThatThrownBy(() -> vendor.last().context.after(Duration.ofDays(1), () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(trouble()).isEqualTo("it did more at once than it may (its timers, account al)");
    }

    @Test
    void moreWorkThanItMayHaveIsRefusedAndNamed() {
        CountDownLatch done = new CountDownLatch(1);
        online();
        var executor = vendor.last().context.executor();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1100; i++) {
                        executor.execute(() -> await(done));
                    }
                })
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(trouble()).isEqualTo("it did more at once than it may (its executor, account al)");
        done.countDown();
    }

    private static void await(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** The vendor's code starts a thread when it connects, which ends when it is let go. */
    private Thread[] startsAThread(CountDownLatch done) {
        Thread[] left = new Thread[1];
        vendor.onConnect = account -> {
            left[0] = new Thread(() -> await(done), "left-over");
            left[0].start();
            account.context.status(AccountStatus.ONLINE, "");
        };
        return left;
    }

    @Test
    void threadsThatOutliveItsBundleAreNamed() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread[] left = startsAThread(done);
        NativeProvider ofItsOwnClasses = ofItsOwnClasses(vendor);
        scene.enabled().account("al", Scene.ALICE).online(ofItsOwnClasses, "al");
        leave(ofItsOwnClasses);
        scene.time.pass(Duration.ofSeconds(59));
        assertThat(trouble()).isEmpty();
        scene.time.pass(Duration.ofSeconds(2));
        // The test's time leaps: the host's own threads for it may not have ended yet.
        assertThat(trouble())
                .startsWith("it left threads behind (vendor.bundle 1.0: ")
                .contains("left-over");
        done.countDown();
        left[0].join();
    }

    @Test
    void threadsOfABundleThatOffersAProviderAgainAreLeftBehindOnlyWhenThatHasGoneToo() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread[] left = startsAThread(done);
        ClassLoader bundle = ownClasses();
        NativeProvider first = of(bundle, vendor);
        scene.enabled().account("al", Scene.ALICE).online(first, "al");
        leave(first);
        NativeProvider again = of(bundle, new Vendor());
        scene.online(again, "al");
        scene.time.pass(Duration.ofSeconds(61));
        assertThat(trouble()).isEmpty();
        leave(again);
        scene.time.pass(Duration.ofSeconds(61));
        assertThat(trouble()).contains("left-over");
        done.countDown();
        left[0].join();
    }

    private void leave(NativeProvider plugin) {
        CompletableFuture<Void> gone = scene.unplugged(plugin);
        scene.await("it to leave", gone::isDone);
    }

    /** As a bundle has them: a class loader for this plug-in alone. */
    private static NativeProvider ofItsOwnClasses(NativeProvider vendor) {
        return of(ownClasses(), vendor);
    }

    private static ClassLoader ownClasses() {
        return new ClassLoader(NativeProvider.class.getClassLoader()) {};
    }

    private static NativeProvider of(ClassLoader own, NativeProvider vendor) {
        return (NativeProvider)
                Proxy.newProxyInstance(own, new Class<?>[] {NativeProvider.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals")
                                ? (Object) (proxy == arguments[0])
                                : method.invoke(vendor, arguments);
                    }
                    try {
                        return method.invoke(vendor, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    void whatHappenedLongAgoIsNobodysTroubleAnyMoreButStaysCounted() {
        vendor.onDeliver = account -> null;
        online();
        scene.outcome(scene.say("hello"));
        assertThat(trouble()).isEqualTo("it broke a rule of the contract (deliver returned nothing, account al)");
        scene.time.pass(Duration.ofMinutes(61));
        assertThat(trouble()).isEmpty();
        assertThat(scene.provider("parrot").state()).isEqualTo(State.RUNNING);
        assertThat(scene.account("al").status()).isEqualTo(Optional.of(AccountStatus.ONLINE));
    }
}
