// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.providers.internal.plugin.SteppedTime;
import io.drawbridge.providers.internal.plugin.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WatchesTest {
    private final List<Event> brought = new ArrayList<>();
    private final SteppedTime time = new SteppedTime();
    private CompletableFuture<DeliveryOutcome> outcome =
            CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
    private final LatestPresence latest = new LatestPresence(time, this::take);
    private final Watches watches = new Watches(new Exchange(), Room.ofProvider());

    private CompletionStage<DeliveryOutcome> take(Event event) {
        brought.add(event);
        return outcome;
    }

    private class Exchange implements Network {
        @Override
        public String id() {
            return "parrot";
        }

        @Override
        public String pid() {
            return "io.drawbridge.provider~parrot";
        }

        @Override
        public void refused(HostedAccount account, Optional<InvalidSetting> setting) {
            throw new AssertionError(setting);
        }

        @Override
        public Set<DomainName> domains() {
            return Set.of(DomainName.of("parrot.example"));
        }

        @Override
        public boolean isOwn(DomainName domain) {
            return true;
        }

        @Override
        public CompletionStage<DeliveryOutcome> bring(Event event) {
            throw new AssertionError("presence goes its own way");
        }

        @Override
        public boolean isFull() {
            throw new AssertionError("nobody writes");
        }

        @Override
        public LatestPresence latestPresence() {
            return latest;
        }

        @Override
        public Time time() {
            return time;
        }

        @Override
        public LogIns logIns() {
            throw new AssertionError("nobody signs in");
        }

        @Override
        public Room room() {
            throw new AssertionError("nobody writes");
        }

        @Override
        public Room presenceRoom() {
            throw new AssertionError("each has its part already");
        }

        @Override
        public RandomGenerator random() {
            return new Random(1);
        }
    }

    private static Principal own(int number) {
        return Principal.of("user" + number, DomainName.of("contoso.example"));
    }

    private static Principal contact(int number) {
        return Principal.of("bird" + number, DomainName.of("parrot.example"));
    }

    private static Right look(int number) {
        return new Right(own(number), contact(number));
    }

    private static PresenceDocument there(Principal who) {
        return new PresenceDocument(who, List.of(InstancePresence.of("x", Availability.AVAILABLE)));
    }

    @Test
    void moreThanTheBoundIsNotWatchedAndWhoWatchesAlreadyMayAgain() {
        for (int i = 0; i < Watches.MOST; i++) {
            assertThat(watches.add(look(i))).isTrue();
        }
        assertThat(watches.add(look(Watches.MOST))).isFalse();
        assertThat(watches.add(look(7))).isTrue();
        watches.remove(look(7));
        assertThat(watches.add(look(Watches.MOST))).isTrue();
    }

    @Test
    void presenceThatNobodyWatchesIsNotTold() {
        watches.came(look(1), there(contact(1)));
        assertThat(brought).isEmpty();
        watches.add(look(1));
        watches.came(look(1), there(contact(1)));
        assertThat(brought).containsExactly(seen(1));
    }

    @Test
    void onlyWhoWasSeenGoesOfflineAndOnlyOnce() {
        watches.add(look(1));
        watches.add(look(2));
        watches.came(look(1), there(contact(1)));
        brought.clear();
        watches.goOffline();
        watches.goOffline();
        assertThat(brought).containsExactly(new Event.Presence(own(1), PresenceDocument.offline(contact(1))));
    }

    @Test
    void whatAnOwnUserShowsIsForgottenWhenItShowsNothingOrTakesTheRightAway() {
        Right right = new Right(contact(1), own(1));
        assertThat(watches.hide(right)).isFalse();
        watches.show(right, there(own(1)));
        assertThat(watches.hide(right)).isTrue();
        watches.show(right, there(own(1)));
        watches.show(right, PresenceDocument.offline(own(1)));
        assertThat(watches.hide(right)).isFalse();
    }

    @Test
    void theWatchesOfSomeUsersMoveWithWhatTheySaw() {
        Watches other = new Watches(new Exchange(), Room.ofProvider());
        watches.add(look(1));
        watches.add(look(2));
        watches.came(look(1), there(contact(1)));
        watches.came(look(2), there(contact(2)));
        brought.clear();
        watches.move(other, own(1)::equals);
        watches.goOffline();
        assertThat(brought).containsExactly(new Event.Presence(own(2), PresenceDocument.offline(contact(2))));
        other.goOffline();
        assertThat(brought).endsWith(new Event.Presence(own(1), PresenceDocument.offline(contact(1))));
    }

    private static Event seen(int number) {
        return new Event.Presence(own(number), there(contact(number)));
    }

    private static Event away(int number) {
        return new Event.Presence(own(number), PresenceDocument.offline(contact(number)));
    }

    private void overloaded() {
        failing(Reason.OVERLOADED);
    }

    private void failing(Reason reason) {
        outcome = CompletableFuture.completedFuture(Outcomes.failed(reason));
    }

    private void recovered() {
        outcome = CompletableFuture.completedFuture(new DeliveryOutcome.Delivered());
        brought.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIMIT_EXCEEDED", "LEDGER_FAILED", "OVERLOADED", "SHUTTING_DOWN"})
    void whatTheExchangeDoesNotTakeAtTheMomentComesLaterAsItStandsThenAndOnce(Reason reason) {
        watches.add(look(1));
        failing(reason);
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        watches.came(look(1), there(contact(1)));
        recovered();
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).containsExactly(seen(1));
    }

    /** The exchange takes its time; returns what completes what it is given meanwhile. */
    private CompletableFuture<DeliveryOutcome> slowExchange() {
        CompletableFuture<DeliveryOutcome> slow = new CompletableFuture<>();
        outcome = slow;
        return slow;
    }

    @Test
    void whatFailsAfterSomethingNewerCameDoesNotComeAgain() {
        watches.add(look(1));
        CompletableFuture<DeliveryOutcome> slow = slowExchange();
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        recovered();
        watches.came(look(1), there(contact(1)));
        slow.complete(Outcomes.failed(Reason.OVERLOADED));
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).containsExactly(seen(1));
    }

    @Test
    void noneOvertakesANewerOneWhichFollowsAsSoonAsItMay() {
        watches.add(look(1));
        CompletableFuture<DeliveryOutcome> slow = slowExchange();
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        watches.came(look(1), there(contact(1)));
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).containsExactly(away(1));
        recovered();
        slow.complete(new DeliveryOutcome.Delivered());
        time.settle();
        assertThat(brought).containsExactly(seen(1));
    }

    @Test
    void thatNobodyIsThereAnyMoreDoesNotOvertakeThatSomebodyIs() {
        watches.add(look(1));
        CompletableFuture<DeliveryOutcome> slow = slowExchange();
        watches.came(look(1), there(contact(1)));
        watches.end();
        assertThat(brought).containsExactly(seen(1));
        recovered();
        slow.complete(Outcomes.failed(Reason.OVERLOADED));
        time.settle();
        assertThat(brought).containsExactly(away(1));
    }

    @Test
    void anotherAccountOfTheSameUserDoesNotOvertakeTheOneBefore() {
        Watches other = new Watches(new Exchange(), Room.ofProvider());
        watches.add(look(1));
        CompletableFuture<DeliveryOutcome> slow = slowExchange();
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        watches.move(other, own(1)::equals);
        other.came(look(1), there(contact(1)));
        assertThat(brought).containsExactly(away(1));
        recovered();
        slow.complete(new DeliveryOutcome.Delivered());
        time.settle();
        assertThat(brought).containsExactly(seen(1));
    }

    @Test
    void whoLooksNoLongerWhileItIsUnderWayIsNotToldAgain() {
        watches.add(look(1));
        CompletableFuture<DeliveryOutcome> slow = slowExchange();
        watches.came(look(1), there(contact(1)));
        watches.remove(look(1));
        recovered();
        slow.complete(Outcomes.failed(Reason.OVERLOADED));
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).isEmpty();
    }

    @Test
    void aContactThatChangesAllTheTimeGrowsNoStack() {
        int many = 20_000;
        List<Watches> restless = new ArrayList<>();
        List<Event> told = new ArrayList<>();
        LatestPresence changing = new LatestPresence(time, event -> {
            told.add(event);
            if (told.size() < many) {
                restless.get(0).came(look(1), there(contact(1)));
            }
            return outcome;
        });
        restless.add(new Watches(
                new Exchange() {
                    @Override
                    public LatestPresence latestPresence() {
                        return changing;
                    }
                },
                Room.ofProvider()));
        restless.get(0).add(look(1));
        restless.get(0).came(look(1), there(contact(1)));
        time.settle();
        assertThat(told).hasSize(many);
    }

    @Test
    void whatPolicyRefusesDoesNotComeAgain() {
        watches.add(look(1));
        outcome = CompletableFuture.completedFuture(Outcomes.failed(Reason.NOT_AUTHORIZED));
        watches.came(look(1), there(contact(1)));
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).hasSize(1);
    }

    @Test
    void whoLooksNoLongerIsNotToldWhatThereWasNoRoomFor() {
        watches.add(look(1));
        overloaded();
        watches.came(look(1), there(contact(1)));
        watches.remove(look(1));
        recovered();
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).isEmpty();
    }

    @Test
    void thatNobodyIsThereAnyMoreIsToldHoweverFullTheExchangeIs() {
        watches.add(look(1));
        watches.came(look(1), there(contact(1)));
        overloaded();
        watches.end();
        time.pass(Duration.ofSeconds(10));
        recovered();
        time.pass(Duration.ofSeconds(1));
        assertThat(brought).containsExactly(away(1));
    }

    @Test
    void whatThereWasNoRoomForMovesWithItsUser() {
        Watches other = new Watches(new Exchange(), Room.ofProvider());
        watches.add(look(1));
        overloaded();
        watches.came(look(1), PresenceDocument.offline(contact(1)));
        watches.move(other, own(1)::equals);
        recovered();
        other.came(look(1), there(contact(1)));
        time.pass(Duration.ofMinutes(1));
        assertThat(brought).containsExactly(seen(1));
    }
}
