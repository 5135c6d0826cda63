// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A newer version that serves a share of the users beside the old one. */
final class TrialTest {
    private static final String PID = "io.drawbridge.provider~parrot";
    private static final int USERS = 40;

    private final Scene scene = new Scene();
    private final Vendor old = new Vendor();
    private final Vendor newer = new Vendor();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Principal user(int number) {
        return Scene.principal("user" + number, "contoso.example");
    }

    private void canary(int percent) {
        scene.configured(
                PID,
                Map.of(
                        "enabled",
                        "true",
                        "logInsPerMinute",
                        "6000",
                        "canaryPercent",
                        percent,
                        "canaryErrorPercent",
                        10,
                        "canaryMinutes",
                        30));
    }

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

    /** One account for all. */
    private void shared() {
        ProviderDescription description = ProviderDescription.of("parrot", "Parrot net")
                .domains("parrot.example")
                .capable(Capability.PRESENCE, Capability.TYPING)
                .accounts(AccountScope.SHARED)
                .accountSettings(Setting.optional("nick", Setting.Type.TEXT, "all", "Its name."))
                .build();
        old.description = description;
        newer.description = description;
        canary(50);
        scene.plugged(old, "1.0");
        scene.await("the account to be online", () -> online() == 1);
    }

    private void trialOfShared() {
        scene.plugged(newer, "1.1");
        scene.await("both parts to be online", () -> online() == 2);
    }

    private long online() {
        return scene.directory.accounts().stream()
                .filter(account ->
                        account.status().filter(AccountStatus.ONLINE::equals).isPresent())
                .count();
    }

    private List<DeliveryOutcome> everybodySays(String text) {
        List<CompletableFuture<DeliveryOutcome>> outcomes = IntStream.range(0, USERS)
                .mapToObj(i -> scene.say(user(i), text + " " + i))
                .toList();
        return outcomes.stream().map(scene::outcome).toList();
    }

    private static List<String> said(Vendor vendor) {
        return vendor.calls.stream()
                .filter(call -> call.contains(" deliver "))
                .map(call -> call.substring(call.indexOf(" deliver ") + " deliver ".length()))
                .toList();
    }

    private ProviderTrial trial() {
        assertThat(scene.directory.trials()).hasSize(1);
        return scene.directory.trials().get(0);
    }

    private String version() {
        return scene.directory.providers().stream()
                .filter(provider -> provider.id().equals("parrot"))
                .map(ProviderStatus::version)
                .findFirst()
                .orElseThrow();
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
        newer.onDeliver = account -> CompletableFuture.completedFuture(Outcome.failed(condition, "planted"));
        everybodySays("one");
        scene.time.pass(Duration.ofSeconds(2));
        assertThat(trial().state()).isEqualTo(ProviderTrial.State.ON_TRIAL);
        assertThat(trial().errors()).isZero();
        assertThat(trial().served()).isEqualTo(said(newer).size());
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
        assertThat(scene.decided).containsEntry("parrot", Map.of("1.1", Stage.SERVES));
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

    private String hand(Supplier<String> command) {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(command);
        scene.await("the command", answer::isDone);
        return answer.join();
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
    void anAccountForAllIsDividedAndNothingIsLostDoubledOrOvertaken() {
        shared();
        List<CompletableFuture<DeliveryOutcome>> outcomes = new ArrayList<>();
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        old.onDeliver = account -> slow;
        outcomes.addAll(sayAll("first"));
        scene.await("the old one to have all", () -> said(old).size() == USERS);
        scene.plugged(newer, "1.1");
        scene.await("the trial", () -> !scene.directory.trials().isEmpty());
        outcomes.addAll(sayAll("second"));
        assertThat(said(newer))
                .as("what the old one has not settled is not overtaken")
                .isEmpty();
        slow.complete(new Outcome.Delivered());
        scene.await("both parts to be online", () -> online() == 2);
        outcomes.addAll(sayAll("third"));
        outcomes.forEach(outcome -> assertThat(scene.outcome(outcome)).isInstanceOf(DeliveryOutcome.Delivered.class));
        assertThat(said(newer)).isNotEmpty();
        hand(() -> scene.directory.takeBack("parrot").orElse(""));
        List<CompletableFuture<DeliveryOutcome>> last = sayAll("fourth");
        last.forEach(outcome -> assertThat(scene.outcome(outcome)).isInstanceOf(DeliveryOutcome.Delivered.class));
        Map<String, Long> times =
                said(old).stream().collect(Collectors.groupingBy(text -> text, HashMap::new, Collectors.counting()));
        said(newer).forEach(text -> times.merge(text, 1L, Long::sum));
        assertThat(times).hasSize(4 * USERS);
        assertThat(times.values()).containsOnly(1L);
        assertThat(said(newer)).noneMatch(text -> text.startsWith("fourth"));
    }

    private List<CompletableFuture<DeliveryOutcome>> sayAll(String text) {
        return IntStream.range(0, USERS)
                .mapToObj(i -> scene.say(user(i), text + " " + i))
                .toList();
    }

    @Test
    void presenceOfTheShareMovesWithItAndDoesNotFlap() {
        shared();
        IntStream.range(0, USERS).forEach(i -> scene.link().deliver(new Event.Watch(user(i), Scene.POLLY, true)));
        scene.await("the watches", () -> watches(old) == USERS);
        PresenceDocument there =
                new PresenceDocument(Scene.POLLY, List.of(InstancePresence.of("x", Availability.AVAILABLE)));
        IntStream.range(0, USERS).forEach(i -> old.last().context.presence(user(i), there));
        scene.brought.clear();
        trialOfShared();
        scene.await("the share's watches", () -> watches(newer) > 0 && unwatches(old) == watches(newer));
        scene.time.pass(Duration.ofMinutes(1));
        hand(() -> scene.directory.takeBack("parrot").orElse(""));
        scene.await("them again", () -> {
            scene.time.pass(Duration.ofSeconds(1));
            return watches(old) == USERS + watches(newer);
        });
        scene.time.pass(Duration.ofMinutes(1));
        assertThat(scene.brought).isEmpty();
    }

    private static long watches(Vendor vendor) {
        return vendor.calls.stream().filter(call -> call.contains(" watch ")).count();
    }

    private static long unwatches(Vendor vendor) {
        return vendor.calls.stream().filter(call -> call.contains(" unwatch ")).count();
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
