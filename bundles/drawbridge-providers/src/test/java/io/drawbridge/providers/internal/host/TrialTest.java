// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A newer version that serves a share of the users beside the old one. */
final class TrialTest extends TwoVersions {
    /** Many accounts of one user each, half of which the new version is to serve. */
    private void linked() {
        canary(50);
        for (int i = 0; i < USERS; i++) {
            scene.account("user" + i, user(i));
        }
        scene.plugged(old, "1.0");
        scene.await("all to be online", () -> online() == USERS);
        scene.plugged(newer, "1.1");
        scene.await("the trial", () -> !scene.directory.trials().isEmpty());
        scene.await("all to be online again", () -> online() == USERS);
    }

    @Test
    void eachMessageGoesToTheVersionItsUserBelongsToAndToNoOther() {
        linked();
        assertThat(everybodySays("hello")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(said(old)).doesNotContainAnyElementsOf(said(newer)).isNotEmpty();
        assertThat(said(newer)).hasSizeBetween(USERS / 4, USERS * 3 / 4);
        assertThat(said(old).size() + said(newer).size()).isEqualTo(USERS);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        assertThat(trial().served()).isEqualTo(said(newer).size());
        assertThat(version()).isEqualTo("1.0");
    }

    @Test
    void aVersionThatExceedsItsBudgetOfErrorsIsTakenBackAtOnceAndNotTriedAgain() {
        linked();
        newer.onDeliver = account ->
                CompletableFuture.completedFuture(Outcome.failed(Condition.INTERNAL_SERVER_ERROR, "planted"));
        everybodySays("one");
        scene.time.pass(Duration.ofSeconds(2));
        scene.await("all to be back", () -> online() == USERS);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
        assertThat(trial().reason()).contains("the budget is 10 %");
        int before = said(old).size();
        assertThat(everybodySays("two")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(said(old)).hasSize(before + USERS);
        scene.time.pass(Duration.ofHours(2));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
        assertThat(scene.directory.providers())
                .anyMatch(status -> status.trouble().startsWith("version 1.1 is taken back: "));
    }

    @Test
    void errorsWithinTheBudgetAreBorne() {
        linked();
        everybodySays("one");
        AtomicBoolean failed = new AtomicBoolean();
        newer.onDeliver = account -> CompletableFuture.completedFuture(
                failed.compareAndSet(false, true)
                        ? Outcome.failed(Condition.INTERNAL_SERVER_ERROR, "planted")
                        : new Outcome.Delivered());
        everybodySays("two");
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(trial().errors()).isEqualTo(1);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"ITEM_NOT_FOUND", "RECIPIENT_UNAVAILABLE", "NOT_ACCEPTABLE", "SERVICE_UNAVAILABLE"})
    void whatTheNetworkAnswersIsNoErrorOfTheVersionThatTellsIt(Condition condition) {
        linked();
        old.onDeliver = account -> CompletableFuture.completedFuture(Outcome.failed(condition, "planted"));
        newer.onDeliver = old.onDeliver;
        everybodySays("one");
        everybodySays("two");
        scene.time.pass(Duration.ofMinutes(2));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        assertThat(trial().errors()).isZero();
        assertThat(trial().served()).isEqualTo(said(newer).size());
    }

    @Test
    void aVersionToWhomTheNetworkRefusesWhatItTakesFromTheOtherIsTakenBack() {
        linked();
        newer.onDeliver =
                account -> CompletableFuture.completedFuture(Outcome.failed(Condition.ITEM_NOT_FOUND, "planted"));
        everybodySays("one");
        everybodySays("two");
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(trial().errors()).isGreaterThan(0);
        assertThat(trial().state()).as("it may be a moment's").isEqualTo(ProviderTrial.State.ON_TRIAL);
        scene.await("it to be taken back", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return trial().state() == ProviderTrial.State.TAKEN_BACK;
        });
        scene.await("all to be back", () -> online() == USERS);
    }

    @Test
    void aTrialInWhichEverythingWasRefusedShowsNothingAndGoesOn() {
        linked();
        newer.onDeliver =
                account -> CompletableFuture.completedFuture(Outcome.failed(Condition.ITEM_NOT_FOUND, "planted"));
        Principal one = IntStream.range(0, USERS)
                .mapToObj(TrialTest::user)
                .filter(user -> newer.opened.stream()
                        .anyMatch(account ->
                                account.settings.user().filter(user::equals).isPresent()))
                .findFirst()
                .orElseThrow();
        scene.outcome(scene.say(one, "hello"));
        scene.time.pass(Duration.ofHours(2));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        newer.onDeliver = account -> CompletableFuture.completedFuture(new Outcome.Delivered());
        scene.outcome(scene.say(one, "hello again"));
        scene.time.pass(Duration.ofSeconds(2));
        scene.await("all in the new version", () -> version().equals("1.1") && online() == USERS);
    }

    @Test
    void whatNeverComesToTheVersionSaysNothingAboutIt() {
        linked();
        everybodySays("longer than this network takes");
        assertThat(trial().served()).isZero();
        assertThat(trial().errors()).isZero();
    }

    @Test
    void messagesWithoutAnOutcomeInTimeAreErrorsOfTheVersion() {
        linked();
        newer.onDeliver = account -> new CompletableFuture<>();
        IntStream.range(0, USERS).forEach(i -> scene.say(user(i), "one " + i));
        scene.await(
                "them to be begun",
                () -> !said(newer).isEmpty() && said(newer).size() + said(old).size() == USERS);
        // In steps: whoever goes back signs in on a real thread, and must not seem to block while time leaps.
        scene.await("it to be taken back", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return trial().state() == ProviderTrial.State.TAKEN_BACK;
        });
        scene.await("all to be back", () -> online() == USERS);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
    }

    @Test
    void anOutageOfTheNetworkIsNoErrorOfTheVersionThatNoticesItFirst() {
        linked();
        everybodySays("one");
        cut(newer);
        pass(30);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        cut(old);
        long served = trial().served();
        pass(150);
        assertThat(everybodySays("two")).allMatch(DeliveryOutcome.Failed.class::isInstance);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        assertThat(trial().errors()).isZero();
        assertThat(trial().served()).isEqualTo(served);
    }

    @Test
    void aVersionThatAloneLosesTheNetworkIsTakenBack() {
        linked();
        cut(newer);
        pass(62);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
        assertThat(trial().reason()).contains("errors in 0 messages");
        scene.await("all to be back", () -> online() == USERS);
    }

    /** Lets seconds pass one by one, so that no call of a plug-in takes longer than one of them. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            scene.time.pass(Duration.ofSeconds(1));
            scene.await(
                    "tries to end", () -> scene.directory.accounts().stream().noneMatch(account -> account.status()
                            .filter(AccountStatus.CONNECTING::equals)
                            .isPresent()));
        }
    }

    private static void cut(Vendor vendor) {
        vendor.onConnect = account -> account.context.status(AccountStatus.DISCONNECTED, "planted");
        vendor.opened.stream()
                .filter(account -> !account.closed)
                .forEach(account -> account.context.status(AccountStatus.DISCONNECTED, "planted"));
    }

    @Test
    void aVersionThatCannotSignItsAccountsInIsTakenBack() {
        newer.onConnect = account -> account.context.status(AccountStatus.BAD_CREDENTIALS, "planted");
        canary(50);
        for (int i = 0; i < USERS; i++) {
            scene.account("user" + i, user(i));
        }
        scene.plugged(old, "1.0");
        scene.await("all to be online", () -> online() == USERS);
        scene.plugged(newer, "1.1");
        scene.await("tries", () -> newer.calls.stream().anyMatch(call -> call.endsWith(" connect")));
        scene.await("the trial to end", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return trial().state() == ProviderTrial.State.TAKEN_BACK;
        });
        scene.await("all to be back", () -> online() == USERS);
    }

    @Test
    void aVersionThatPassesItsTrialServesEverybodyAndIsRemembered() {
        linked();
        everybodySays("one");
        scene.time.pass(Duration.ofMinutes(29));
        assertThat(version()).isEqualTo("1.0");
        scene.time.pass(Duration.ofMinutes(2));
        scene.await("all in the new version", () -> version().equals("1.1") && online() == USERS);
        assertThat(scene.directory.trials()).isEmpty();
        int before = said(newer).size();
        assertThat(everybodySays("two")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(said(newer)).hasSize(before + USERS);
        assertThat(scene.decided).containsEntry("parrot", Map.of("vendor.bundle/1.1", Stage.SERVES));
    }

    @Test
    void aTrialInWhichNothingWasSentShowsNothingAndGoesOn() {
        linked();
        scene.time.pass(Duration.ofHours(2));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
    }

    @Test
    void itIsPromotedAndTakenBackByHand() {
        linked();
        assertThat(hand(() -> scene.directory.takeBack("parrot").orElse(""))).isEqualTo("1.1");
        assertThat(trial().reason()).isEqualTo("ended by hand");
        assertThat(hand(() -> scene.directory.promote("parrot").orElse(""))).isEqualTo("1.1");
        scene.await("all in the new version", () -> version().equals("1.1") && online() == USERS);
        assertThat(hand(() -> scene.directory.takeBack("parrot").orElse("nothing")))
                .isEqualTo("nothing");
    }

    @Test
    void aVersionThatSomebodyWentBackFromIsTakenBackByHandAndNotTriedAgain() {
        linked();
        hand(() -> scene.directory.promote("parrot").orElse(""));
        scene.await("all in the new version", () -> version().equals("1.1") && online() == USERS);
        assertThat(hand(() -> scene.directory.promote("parrot").orElse(""))).isEqualTo("1.0");
        scene.await("all in the old version", () -> version().equals("1.0") && online() == USERS);
        scene.time.pass(Duration.ofHours(1));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
        assertThat(trial().reason()).isEqualTo("1.0 was put in its place by hand");
        assertThat(scene.provider("vendor.bundle")).satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo(ProviderStatus.State.WAITING);
            assertThat(waiting.trouble()).isEmpty();
        });
        hand(() -> scene.directory.promote("parrot").orElse(""));
        scene.await("all in the new version again", () -> version().equals("1.1") && online() == USERS);
        assertThat(scene.directory.trials()).isEmpty();
    }

    @Test
    void withoutAShareANewerVersionWaitsUntilTheOlderIsRemoved() {
        scene.enabled().account("al", Scene.ALICE).online(old, "al");
        scene.host.come(newer, "vendor.bundle", "1.1", newer);
        scene.await("it to be known", () -> !scene.host.census().surplus().isEmpty());
        assertThat(scene.directory.trials()).isEmpty();
        CompletableFuture<Void> gone = scene.unplugged(old);
        scene.await("the old one to leave", gone::isDone);
        scene.await("the new one", () -> version().equals("1.1") && online() == 1);
    }

    @Test
    void whenTheOldVersionLeavesTheOneOnTrialServesEverybody() {
        linked();
        CompletableFuture<Void> gone = scene.unplugged(old);
        scene.await("the old one to leave", gone::isDone);
        scene.await("all in the new version", () -> version().equals("1.1") && online() == USERS);
        assertThat(everybodySays("on")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
    }

    @Test
    void whenTheOneOnTrialLeavesTheOldServesEverybody() {
        linked();
        CompletableFuture<Void> gone = scene.unplugged(newer);
        scene.await("it to leave", gone::isDone);
        scene.await("all in the old version", () -> online() == USERS);
        assertThat(scene.directory.trials()).isEmpty();
        assertThat(everybodySays("on")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(said(newer)).isEmpty();
    }

    @Test
    void aVersionThatGoesOnThrowingIsTakenBackAndTheOldOneIsNotBlamed() {
        linked();
        newer.onDeliver = account -> {
            throw new IllegalStateException("planted");
        };
        everybodySays("one");
        scene.time.pass(Duration.ofSeconds(2));
        scene.await("all to be back", () -> online() == USERS);
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.TAKEN_BACK);
        assertThat(scene.provider("parrot").state()).isEqualTo(ProviderStatus.State.RUNNING);
        assertThat(everybodySays("two")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
    }
}
