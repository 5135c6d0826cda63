// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import static io.drawbridge.core.internal.exchange.Wired.ALICE;
import static io.drawbridge.core.internal.exchange.Wired.ALICE_SEES_BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB_SEES_ALICE;
import static io.drawbridge.core.internal.exchange.Wired.busy;
import static io.drawbridge.core.internal.exchange.Wired.federated;
import static io.drawbridge.core.internal.exchange.Wired.person;
import static io.drawbridge.core.internal.exchange.Wired.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is told what of authorizations, watches and presence (interworking 5.3, 5.4, 5.5, 6.4.3, 6.4.4). */
final class SubscriptionsTest {
    private static final Event ALICE_OPENS = new Event.Watch(ALICE, BOB, true);
    private static final Event BOB_OPENS = new Event.Watch(BOB, ALICE, true);
    private static final PresenceDocument BOB_BUSY = busy(BOB);
    private static final PresenceDocument ALICE_BUSY = busy(ALICE);

    private static DeliveryOutcome failed(Condition condition, Reason reason) {
        return DeliveryOutcome.failed(condition, reason);
    }

    @Test
    void aContactAsksIsGrantedAndGivesUp() {
        Wired edge = federated();
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.ASK));
        assertThat(edge.takes(BOB, ALICE, Step.GRANT).join()).isEqualTo(new Delivered());
        edge.shows(ALICE, BOB_BUSY);
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.GRANT), new Event.Presence(ALICE, BOB_BUSY));
        edge.takes(ALICE, BOB, Step.GIVE_UP);
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.GIVE_UP));
        assertThat(edge.xmpp.news())
                .as("5.4: unavailable, then unsubscribed by itself")
                .containsExactly(
                        new Event.Presence(ALICE, PresenceDocument.offline(BOB)), step(BOB, ALICE, Step.REFUSE));
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).phase()).isEqualTo(Phase.NONE);
        assertThat(edge.ledger.shown).isEmpty();
    }

    @Test
    void whoAsksAgainIsToldThatItWasGrantedAndWhatIsKnown() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.shows(ALICE, BOB_BUSY);
        edge.xmpp.news();
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.GRANT), new Event.Presence(ALICE, BOB_BUSY));
        assertThat(edge.sip.got).as("nobody is asked").isEmpty();
    }

    /** 6.4.3: a question is put to the home for 30 days. Who asks after that asks anew. */
    @Test
    void aContactThatAsksAgainIsPassedOnOnceNobodyPutsItsQuestionAnyLonger() {
        Wired edge = federated();
        edge.takes(ALICE, BOB, Step.ASK);
        edge.sip.news();
        edge.later(Duration.ofDays(30).minusSeconds(1));
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).as("Bob is reminded of it anyway").isEmpty();
        edge.later(Duration.ofSeconds(1));
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.ASK));
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).isQuestion(edge.now)).isTrue();
    }

    /** 6.4.3: "after 24 h X error remote-server-timeout", and the state stays "requested". */
    @Test
    void whoAskedHearsThatTheOtherCannotBeReachedAndTheQuestionStays() {
        Wired edge = federated();
        edge.takes(ALICE, BOB, Step.ASK);
        assertThat(edge.bring(new Event.Unreachable(BOB, ALICE)).join()).isEqualTo(new Delivered());
        assertThat(edge.xmpp.news()).containsExactly(new Event.Unreachable(BOB, ALICE));
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).phase()).isEqualTo(Phase.REQUESTED);
    }

    @Test
    void whoHasTheRightIsNotToldOfAQuestion() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.bring(new Event.Unreachable(BOB, ALICE)).join();
        assertThat(edge.xmpp.got).isEmpty();
    }

    @Test
    void anOwnUserThatRefusesGoesOffline() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.takes(BOB, ALICE, Step.REFUSE);
        assertThat(edge.xmpp.news())
                .containsExactly(
                        new Event.Presence(ALICE, PresenceDocument.offline(BOB)), step(BOB, ALICE, Step.REFUSE));
    }

    @Test
    void aRequestApprovedInAdvanceOpensItsWatch() {
        Wired edge = federated();
        assertThat(edge.takes(BOB, ALICE, Step.GRANT).join()).isEqualTo(new Delivered());
        assertThat(edge.xmpp.got).as("5.3: no route, approved in advance").isEmpty();
        edge.takes(ALICE, BOB, Step.ASK);
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.GRANT));
        assertThat(edge.sip.news()).containsExactly(ALICE_OPENS);
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).phase()).isEqualTo(Phase.GRANTED);
    }

    @Test
    void nobodyIsAskedAgainWithinAnHourOfARefusal() {
        Wired edge = federated();
        edge.takes(ALICE, BOB, Step.ASK);
        edge.takes(BOB, ALICE, Step.REFUSE);
        edge.sip.news();
        edge.xmpp.news();
        edge.later(Duration.ofMinutes(59));
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join())
                .isEqualTo(failed(Condition.FORBIDDEN, Reason.REFUSED_LATELY));
        assertThat(edge.sip.got).isEmpty();
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.REFUSE));
        edge.later(Duration.ofMinutes(1));
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.ASK));
    }

    @Test
    void aQuestionThatDidNotArriveWasNotAskedSoTheNextOneIsNoRepetition() {
        Wired edge = federated();
        edge.sip.answerAll(failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isInstanceOf(Failed.class);
        assertThat(edge.authorizations.of(ALICE_SEES_BOB)).isEqualTo(Entitlement.NONE);
        assertThat(edge.ledger.rights.get(ALICE_SEES_BOB)).isEqualTo(Entitlement.NONE);
        edge.sip.answerAll(new Delivered());
        edge.takes(ALICE, BOB, Step.ASK);
        assertThat(edge.sip.news()).hasSize(2);
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).phase()).isEqualTo(Phase.REQUESTED);
    }

    @Test
    void aStepIsToldToNobodyBeforeTheLedgerHasIt() {
        Wired edge = federated();
        edge.ledger.slow = true;
        CompletableFuture<DeliveryOutcome> outcome = edge.takes(ALICE, BOB, Step.ASK);
        assertThat(outcome).isNotDone();
        assertThat(edge.sip.got).isEmpty();
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).phase()).isEqualTo(Phase.NONE);
        edge.ledger.held.get(0).run();
        assertThat(outcome).isCompletedWithValue(new Delivered());
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.ASK));
    }

    @Test
    void aStepTheLedgerCannotKeepFailsAndChangesNothing() {
        Wired edge = federated();
        edge.ledger.broken = true;
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join())
                .isEqualTo(failed(Condition.RESOURCE_CONSTRAINT, Reason.LEDGER_FAILED));
        assertThat(edge.watches(BOB, ALICE, true).join())
                .isEqualTo(failed(Condition.RESOURCE_CONSTRAINT, Reason.LEDGER_FAILED));
        assertThat(edge.sip.got).isEmpty();
        assertThat(edge.xmpp.got).isEmpty();
        assertThat(edge.says(BOB, ALICE, "messages keep flowing").join()).isEqualTo(new Delivered());
        edge.ledger.broken = false;
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(new Delivered());
    }

    @Test
    void anOwnUserThatWatchesWithoutARightAsksOnceADay() {
        Wired edge = federated();
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(new HandedOver());
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.ASK));
        edge.later(Duration.ofHours(23));
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(new HandedOver());
        assertThat(edge.watches(BOB, ALICE, false).join()).isEqualTo(new Delivered());
        assertThat(edge.xmpp.got)
                .as("6.4.4: not repeated within 24 h, and its end is not told")
                .isEmpty();
        edge.later(Duration.ofHours(1));
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(new HandedOver());
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.ASK));
    }

    @Test
    void anOwnUserThatWatchesIsToldWhenItIsGrantedAndGetsPresence() {
        Wired edge = federated();
        edge.watches(BOB, ALICE, true);
        edge.takes(ALICE, BOB, Step.GRANT);
        edge.shows(BOB, ALICE_BUSY);
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.GRANT), new Event.Presence(BOB, ALICE_BUSY));
        edge.watches(BOB, ALICE, false);
        edge.xmpp.news();
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).as("what is known, at once").containsExactly(new Event.Presence(BOB, ALICE_BUSY));
        assertThat(edge.xmpp.news()).containsExactly(BOB_OPENS);
        assertThat(edge.authorizations.of(BOB_SEES_ALICE).phase())
                .as("the end of a watch ends no right")
                .isEqualTo(Phase.GRANTED);
    }

    @Test
    void anOwnUserThatWasRefusedIsRefusedAgainWithoutAskingAnybody() {
        Wired edge = federated();
        edge.watches(BOB, ALICE, true);
        edge.takes(ALICE, BOB, Step.REFUSE);
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.REFUSE));
        edge.xmpp.news();
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(failed(Condition.FORBIDDEN, Reason.REFUSED_LATELY));
        assertThat(edge.sip.news()).containsExactly(step(ALICE, BOB, Step.REFUSE));
        assertThat(edge.xmpp.got).isEmpty();
    }

    @Test
    void aContactThatCannotBeAskedIsAskedWhenTheOwnUserWatchesAgain() {
        Wired edge = federated();
        edge.xmpp.answerAll(failed(Condition.REMOTE_SERVER_NOT_FOUND, Reason.HOST_NOT_FOUND));
        assertThat(edge.watches(BOB, ALICE, true).join())
                .isEqualTo(failed(Condition.REMOTE_SERVER_NOT_FOUND, Reason.HOST_NOT_FOUND));
        edge.xmpp.answerAll(new HandedOver());
        assertThat(edge.watches(BOB, ALICE, true).join()).isEqualTo(new HandedOver());
        assertThat(edge.xmpp.news()).hasSize(2);
    }

    @Test
    void aWatchThatCouldNotBeOpenedIsNotHeldForOpen() {
        Wired edge = federated();
        edge.stands(BOB_SEES_ALICE, Phase.GRANTED);
        edge.xmpp.answerAll(failed(Condition.RECIPIENT_UNAVAILABLE, Reason.ACCOUNT_OFFLINE));
        assertThat(edge.watches(BOB, ALICE, true).join())
                .isEqualTo(failed(Condition.RECIPIENT_UNAVAILABLE, Reason.ACCOUNT_OFFLINE));
        assertThat(edge.authorizations.watches()).isZero();
        assertThat(edge.crossings).singleElement().extracting(Crossing::outcome).isEqualTo(Crossing.Outcome.FAILED);
    }

    @Test
    void aWatchThatFailsEndsNoneThatSucceededMeanwhile() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.sip.holdBack();
        CompletableFuture<DeliveryOutcome> first = edge.watches(ALICE, BOB, true);
        edge.later(Duration.ofSeconds(1));
        CompletableFuture<DeliveryOutcome> second = edge.watches(ALICE, BOB, true);
        edge.sip.open.get(1).complete(new Delivered());
        edge.sip.open.get(0).complete(failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        assertThat(first.join()).isInstanceOf(Failed.class);
        assertThat(second.join()).isEqualTo(new Delivered());
        assertThat(edge.authorizations.opened(ALICE_SEES_BOB)).contains(edge.now);
    }

    /** What is known answers for a watch that is open; one that is being opened may still fail. */
    @Test
    void whoAsksWhileAWatchIsBeingOpenedDoesNotHangOnThatAttempt() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.shows(ALICE, BOB_BUSY);
        edge.sip.holdBack();
        edge.watches(ALICE, BOB, true);
        CompletableFuture<DeliveryOutcome> second = edge.watches(ALICE, BOB, true);
        assertThat(second).isNotDone();
        edge.sip.open.get(0).complete(failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        edge.sip.open.get(1).complete(failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        assertThat(second.join()).isInstanceOf(Failed.class);
    }

    @Test
    void aWatchOfWhichEveryAttemptFailsIsNotHeldForOpenInWhateverOrderTheyFail() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        for (List<Integer> order : List.of(List.of(0, 1), List.of(1, 0))) {
            edge.sip.open.clear();
            edge.sip.holdBack();
            edge.watches(ALICE, BOB, true);
            edge.watches(ALICE, BOB, true);
            for (int each : order) {
                assertThat(edge.authorizations.watches()).isEqualTo(1);
                edge.sip.open.get(each).complete(failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
            }
            assertThat(edge.authorizations.watches()).isZero();
            assertThat(edge.authorizations.watchesOn(BOB)).isZero();
        }
    }

    @Test
    void whatWasTriedBeforeAWatchEndedDoesNotOpenItAgain() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.sip.holdBack();
        edge.watches(ALICE, BOB, true);
        edge.watches(ALICE, BOB, false);
        edge.sip.open.get(0).complete(new Delivered());
        assertThat(edge.authorizations.watches()).isZero();
    }

    @Test
    void aContactThatWatchesWithoutARightIsRefused() {
        Wired edge = federated();
        assertThat(edge.watches(ALICE, BOB, true).join())
                .isEqualTo(failed(Condition.SUBSCRIPTION_REQUIRED, Reason.NOT_AUTHORIZED));
        assertThat(edge.xmpp.news()).containsExactly(step(BOB, ALICE, Step.REFUSE));
        assertThat(edge.sip.got).isEmpty();
    }

    @Test
    void aContactThatWatchesWhileItsRequestIsOpenHearsNothingThatWouldEndIt() {
        Wired edge = federated();
        edge.takes(ALICE, BOB, Step.ASK);
        edge.sip.news();
        assertThat(edge.watches(ALICE, BOB, true).join()).isEqualTo(new HandedOver());
        assertThat(edge.xmpp.got).isEmpty();
        assertThat(edge.sip.got).isEmpty();
    }

    @Test
    void aProbeSoonAfterAnotherIsAnsweredWithWhatIsKnown() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        assertThat(edge.watches(ALICE, BOB, true).join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).containsExactly(ALICE_OPENS);
        edge.watches(ALICE, BOB, true);
        assertThat(edge.sip.news()).as("nothing is known to answer with").containsExactly(ALICE_OPENS);
        edge.shows(ALICE, BOB_BUSY);
        edge.xmpp.news();
        edge.later(Duration.ofSeconds(299));
        edge.watches(ALICE, BOB, true);
        assertThat(edge.sip.got).isEmpty();
        assertThat(edge.xmpp.news()).containsExactly(new Event.Presence(ALICE, BOB_BUSY));
        edge.later(Duration.ofSeconds(1));
        edge.watches(ALICE, BOB, true);
        assertThat(edge.sip.news()).containsExactly(ALICE_OPENS);
    }

    @Test
    void presenceGoesOnlyToThoseWhoMaySeeIt() {
        Wired edge = federated();
        for (Phase phase : List.of(Phase.NONE, Phase.REQUESTED)) {
            edge.stands(ALICE_SEES_BOB, phase);
            edge.stands(BOB_SEES_ALICE, phase);
            assertThat(edge.shows(ALICE, BOB_BUSY).join())
                    .isEqualTo(failed(Condition.SUBSCRIPTION_REQUIRED, Reason.NOT_AUTHORIZED));
            assertThat(edge.shows(BOB, ALICE_BUSY).join())
                    .isEqualTo(failed(Condition.SUBSCRIPTION_REQUIRED, Reason.NOT_AUTHORIZED));
        }
        assertThat(edge.xmpp.got).isEmpty();
        assertThat(edge.sip.got).isEmpty();
        assertThat(edge.ledger.shown).isEmpty();
    }

    @Test
    void theWatchesOfAPartnerAndOnAUserAreLimited() {
        Wired edge = federated("watchesPerPartner", "2", "watchesPerUser", "1");
        Principal carl = person("carl@contoso.example");
        Principal dora = person("dora@contoso.example");
        Principal zoe = person("zoe@chat.example");
        for (Principal own : List.of(BOB, carl, dora)) {
            edge.stands(new Right(ALICE, own), Phase.GRANTED);
            edge.stands(new Right(zoe, own), Phase.GRANTED);
        }
        assertThat(edge.watches(ALICE, BOB, true).join()).isEqualTo(new Delivered());
        DeliveryOutcome limited = failed(Condition.RESOURCE_CONSTRAINT, Reason.LIMIT_EXCEEDED);
        assertThat(edge.watches(zoe, BOB, true).join()).isEqualTo(limited);
        assertThat(edge.watches(zoe, carl, true).join()).isEqualTo(new Delivered());
        assertThat(edge.watches(ALICE, dora, true).join()).isEqualTo(limited);
        assertThat(edge.watches(zoe, carl, true).join()).as("open already").isEqualTo(new Delivered());
        edge.watches(zoe, carl, false);
        assertThat(edge.watches(ALICE, dora, true).join()).isEqualTo(new Delivered());
        edge.takes(BOB, ALICE, Step.REFUSE);
        assertThat(edge.authorizations.watchesBy(DomainName.of("chat.example"))).isEqualTo(1);
        assertThat(edge.brakes.broken().get(Brakes.Limit.USER_WATCHES).sum()).isEqualTo(1);
        assertThat(edge.brakes.broken().get(Brakes.Limit.PARTNER_WATCHES).sum()).isEqualTo(1);
    }

    @Test
    void theNumberOfRightsIsLimited() {
        Wired edge = federated("mostAuthorizations", "1");
        edge.takes(ALICE, BOB, Step.ASK);
        assertThat(edge.takes(person("zoe@chat.example"), BOB, Step.ASK).join())
                .isEqualTo(failed(Condition.RESOURCE_CONSTRAINT, Reason.LIMIT_EXCEEDED));
        assertThat(edge.takes(ALICE, BOB, Step.GIVE_UP).join()).isEqualTo(new Delivered());
    }

    @Test
    void refusalsAreForgottenWhenTheirTimeIsOver() {
        Wired edge = federated();
        edge.takes(ALICE, BOB, Step.ASK);
        edge.takes(BOB, ALICE, Step.REFUSE);
        Set<DomainName> own = Set.of(BOB.domain());
        edge.subscriptions.sweep(own);
        assertThat(edge.authorizations.size()).isEqualTo(1);
        edge.later(Duration.ofHours(1));
        edge.subscriptions.sweep(own);
        assertThat(edge.authorizations.size()).isZero();
        assertThat(edge.ledger.rights.get(ALICE_SEES_BOB)).isEqualTo(Entitlement.NONE);
    }

    @Test
    void whateverAWatcherSendsShowsThatItIsThere() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.later(Duration.ofMinutes(61));
        edge.says(ALICE, BOB, "still here");
        assertThat(edge.authorizations.of(ALICE_SEES_BOB).seen()).isEqualTo(edge.now);
        assertThat(edge.ledger.rights.get(ALICE_SEES_BOB).seen()).isEqualTo(edge.now);
    }
}
