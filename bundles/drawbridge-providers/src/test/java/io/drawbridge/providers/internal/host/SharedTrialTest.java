// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.provider.AccountScope;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The trial of a version on a network that has one account for all, which is there twice meanwhile. */
final class SharedTrialTest extends TwoVersions {
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
    void bothPartsOfAnAccountForAllAreMendedWhereItIsConfigured() {
        shared();
        trialOfShared();
        assertThat(scene.directory.accounts())
                .extracting(ProviderAccountStatus::name, ProviderAccountStatus::pid)
                .containsExactly(Tuple.tuple("parrot", PID), Tuple.tuple("parrot, 1.1", PID));
        String own = "io.drawbridge.provider.account~flock";
        scene.configured(own, Map.of("provider", "parrot"));
        scene.await("the account of its own", () -> scene.directory.accounts().stream()
                .allMatch(account -> account.pid().equals(own)));
    }

    @Test
    void aSettingThatTheVersionOnTrialRefusesIsAProblemForAsLongAsItIsTried() {
        newer.refusedNick = "all";
        shared();
        scene.plugged(newer, "1.1");
        scene.await("the problem", () -> !scene.host.problems().isEmpty());
        hand(() -> scene.directory.takeBack("parrot").orElse(""));
        scene.await("no problem", () -> scene.host.problems().isEmpty());
        assertThat(everybodySays("on")).allMatch(DeliveryOutcome.Delivered.class::isInstance);
    }

    @Test
    void anAccountForAllThatIsRemovedWhileItIsDividedEndsInBothVersions() {
        ProviderDescription description = Vendor.described()
                .accounts(AccountScope.SHARED)
                .accountSettings(Setting.required("nick", Setting.Type.TEXT, "Its name."))
                .build();
        old.description = description;
        newer.description = description;
        canary(50);
        String own = "io.drawbridge.provider.account~flock";
        scene.configured(own, Map.of("provider", "parrot", "nick", "all")).plugged(old, "1.0");
        scene.await("the account to be online", () -> online() == 1);
        trialOfShared();
        scene.host.configure(own, Optional.empty());
        scene.time.pass(Duration.ofSeconds(1));
        scene.await("both to be closed", () -> old.last().closed && newer.last().closed);
        assertThat(scene.directory.accounts()).isEmpty();
        assertThat(everybodySays("gone"))
                .allMatch(outcome -> ((DeliveryOutcome.Failed) outcome).reason() == Reason.NO_ACCOUNT);
        hand(() -> scene.directory.takeBack("parrot").orElse(""));
        scene.configured(own, Map.of("provider", "parrot", "nick", "all"));
        scene.await("it again", () -> online() == 1);
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
}
