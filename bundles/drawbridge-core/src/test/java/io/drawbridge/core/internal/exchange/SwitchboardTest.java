// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import static io.drawbridge.core.internal.exchange.Wired.ALICE;
import static io.drawbridge.core.internal.exchange.Wired.ALICE_SEES_BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB_SEES_ALICE;
import static io.drawbridge.core.internal.exchange.Wired.federated;
import static io.drawbridge.core.internal.exchange.Wired.person;
import static io.drawbridge.core.internal.exchange.Wired.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.DeliveryOutcome.Failed;
import io.drawbridge.api.link.DeliveryOutcome.HandedOver;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.link.Inbox.Origin;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a link brings goes to the link of the other side, and its sender is told once what became of it. */
final class SwitchboardTest {
    @Test
    void aMessageGoesToTheOtherLinkAndItsOutcomeComesBack() {
        Wired edge = federated();
        edge.xmpp.answerAll(new HandedOver());
        assertThat(edge.says(BOB, ALICE, "hello").join()).isEqualTo(new HandedOver());
        assertThat(edge.xmpp.news()).containsExactly(said(BOB, ALICE, "hello"));
        assertThat(edge.says(ALICE, BOB, "hi").join()).isEqualTo(new Delivered());
        assertThat(edge.sip.news()).containsExactly(said(ALICE, BOB, "hi"));
    }

    @Test
    void whatPolicyRefusesFailsForItsReason() {
        Wired edge = federated();
        DeliveryOutcome outcome =
                edge.says(BOB, person("eve@elsewhere.example"), "hello").join();
        assertThat(outcome).isEqualTo(DeliveryOutcome.failed(Condition.NOT_ALLOWED, Reason.DOMAIN_NOT_ALLOWED));
        assertThat(edge.xmpp.got).isEmpty();
        assertThat(edge.crossings).singleElement().satisfies(crossing -> {
            assertThat(crossing.outcome()).isEqualTo(Crossing.Outcome.REFUSED);
            assertThat(crossing.reason()).isEqualTo(Reason.DOMAIN_NOT_ALLOWED);
            assertThat(crossing.answer()).isEqualTo("not-allowed");
            assertThat(crossing.protocol()).isEqualTo("sip");
            assertThat(crossing.method()).isEqualTo("message");
        });
    }

    @Test
    void aWeakProofIsRefusedWhereAStrongOneIsAgreed() {
        Wired edge = federated();
        DeliveryOutcome outcome = edge.switchboard
                .accept(said(ALICE, BOB, "hi"), new Origin("xmpp", "chat.example", Trust.WEAK))
                .toCompletableFuture()
                .join();
        assertThat(outcome).isEqualTo(DeliveryOutcome.failed(Condition.POLICY_VIOLATION, Reason.PROOF_TOO_WEAK));
    }

    @Test
    void aLinkThatIsNotThereFailsAtOnce() {
        Wired edge = federated();
        edge.deliveries.remove("xmpp", edge.xmpp);
        assertThat(edge.says(BOB, ALICE, "hello").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.SERVICE_UNAVAILABLE, Reason.NO_LINK));
    }

    @Test
    void aLinkThatDoesNotCompleteWithin32SecondsHasFailedAndWhatItSaysLaterCountsNoMore() {
        Wired edge = federated();
        edge.xmpp.holdBack();
        CompletableFuture<DeliveryOutcome> outcome = edge.says(BOB, ALICE, "hello");
        edge.later(Duration.ofMillis(31_999));
        assertThat(outcome).isNotDone();
        edge.later(Duration.ofMillis(1));
        assertThat(outcome.join()).isEqualTo(DeliveryOutcome.failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        edge.xmpp.open.get(0).complete(new Delivered());
        assertThat(edge.deliveries.tooLate()).isEqualTo(1);
        assertThat(edge.deliveries.underWay()).containsEntry("xmpp", 0);
        assertThat(edge.crossings).hasSize(1);
    }

    @Test
    void whatLinksBreakIsMendedByAnOutcome() {
        Wired edge = federated();
        edge.xmpp.answers = event -> {
            throw new IllegalStateException("a bug in a link");
        };
        assertThat(edge.says(BOB, ALICE, "hello").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL));
        edge.xmpp.answers = event -> CompletableFuture.failedFuture(new IllegalStateException("another"));
        assertThat(edge.says(BOB, ALICE, "hello").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL));
        edge.xmpp.answers = event -> {
            throw new NoClassDefFoundError("a class of a bundle that has left");
        };
        assertThat(edge.says(BOB, ALICE, "hello").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.INTERNAL_SERVER_ERROR, Reason.INTERNAL));
        assertThat(edge.deliveries.underWay()).containsEntry("xmpp", 0);
    }

    @Test
    void aLinkWithTooMuchBeforeItGetsNoMore() {
        Wired edge = federated("mostUnderWay", "2");
        edge.xmpp.holdBack();
        edge.says(BOB, ALICE, "1");
        edge.says(BOB, ALICE, "2");
        assertThat(edge.says(BOB, ALICE, "3").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.OVERLOADED));
        edge.xmpp.open.get(0).complete(new Delivered());
        edge.says(BOB, ALICE, "4");
        assertThat(edge.xmpp.got).hasSize(3);
    }

    @Test
    void messagesBehindAStepThatIsBeingWrittenKeepTheirOrderAndTheirNumberIsBounded() {
        Wired edge = federated();
        edge.ledger.slow = true;
        edge.takes(BOB, ALICE, Step.ASK);
        for (int i = 0; i < 256; i++) {
            edge.says(BOB, ALICE, "m" + i);
        }
        assertThat(edge.xmpp.got).isEmpty();
        assertThat(edge.says(ALICE, BOB, "one too many").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.OVERLOADED));
        assertThat(edge.says(BOB, person("zoe@chat.example"), "not behind it").join())
                .isEqualTo(new Delivered());
        edge.xmpp.news();
        edge.ledger.held.get(0).run();
        List<Event> got = edge.xmpp.news();
        assertThat(got.get(0)).isEqualTo(Wired.step(BOB, ALICE, Step.ASK));
        for (int i = 0; i < 256; i++) {
            assertThat(got.get(i + 1)).isEqualTo(said(BOB, ALICE, "m" + i));
        }
        assertThat(edge.lanes.used()).isZero();
    }

    @Test
    void atTheEndNothingNewIsTakenAndWhatIsUnderWayIsAnswered() {
        Wired edge = federated();
        edge.xmpp.holdBack();
        CompletableFuture<DeliveryOutcome> underWay = edge.says(BOB, ALICE, "hello");
        edge.switchboard.close();
        assertThat(edge.says(BOB, ALICE, "too late").join())
                .isEqualTo(DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.SHUTTING_DOWN));
        edge.deliveries.drain(Duration.ofMillis(1));
        assertThat(underWay.join())
                .isEqualTo(DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.SHUTTING_DOWN));
    }

    @Test
    void everyEventButPresenceAndTypingIsReportedOnceWithTheRulesOfItsVerdict() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.xmpp.answerAll(DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER));
        edge.says(BOB, ALICE, "hello");
        edge.bring(new Event.Acknowledged(
                Instance.anyOf(BOB), Instance.anyOf(ALICE), "c", new Receipt("1", Receipt.Kind.DELIVERED)));
        edge.bring(new Event.Typing(Instance.anyOf(BOB), Instance.anyOf(ALICE), "c", Composing.COMPOSING));
        edge.shows(ALICE, PresenceDocument.offline(BOB));
        edge.watches(ALICE, BOB, true);
        edge.watches(ALICE, BOB, false);
        edge.takes(ALICE, BOB, Step.GIVE_UP);
        assertThat(edge.crossings)
                .extracting(Crossing::method)
                .containsExactly("message", "receipt", "watch", "unwatch", "unsubscribe");
        assertThat(edge.crossings.get(0).outcome()).isEqualTo(Crossing.Outcome.REJECTED);
        assertThat(edge.crossings
                        .get(0)
                        .rules()
                        .get(edge.crossings.get(0).rules().size() - 1)
                        .rule())
                .isEqualTo(Rule.ROUTE);
        assertThat(edge.crossings.get(0).route()).isEqualTo("link xmpp");
        assertThat(edge.crossings).extracting(Crossing::id).doesNotHaveDuplicates();
    }

    /** lync-edge 8.4: send IM to someone who has not added them; add a contact. */
    @ParameterizedTest(name = "{0}, own user added the contact: {1}: {2}")
    @CsvSource({
        "Federated,        NONE,      true",
        "PublicVerified,   NONE,      true",
        "PublicUnverified, NONE,      false",
        "PublicUnverified, REQUESTED, true",
        "PublicUnverified, GRANTED,   true"
    })
    void whoMayComeUnasked(String partnerType, Phase added, boolean comes) {
        Wired edge = new Wired(partnerType);
        edge.stands(BOB_SEES_ALICE, added);
        DeliveryOutcome unsolicited = DeliveryOutcome.failed(Condition.SUBSCRIPTION_REQUIRED, Reason.UNSOLICITED);
        assertThat(edge.says(ALICE, BOB, "hi").join()).isEqualTo(comes ? new Delivered() : unsolicited);
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(comes ? new Delivered() : unsolicited);
        assertThat(edge.says(BOB, ALICE, "hello").join()).isEqualTo(new Delivered());
        assertThat(edge.sip.got).hasSize(comes ? 2 : 0);
    }

    /** lync-edge 8.4: see the Lync user's status note. */
    @ParameterizedTest
    @CsvSource({"Federated, true", "PublicVerified, false", "PublicUnverified, false"})
    void whoSeesNotes(String partnerType, boolean sees) {
        Wired edge = new Wired(partnerType);
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.stands(BOB_SEES_ALICE, Phase.GRANTED);
        PresenceDocument own = withNote(BOB);
        edge.shows(ALICE, own);
        assertThat(edge.xmpp.news()).containsExactly(new Event.Presence(ALICE, sees ? own : own.withoutNotes()));
        assertThat(edge.ledger.shown.get(ALICE_SEES_BOB)).isEqualTo(sees ? own : own.withoutNotes());
        edge.shows(BOB, withNote(ALICE));
        assertThat(edge.sip.news()).containsExactly(new Event.Presence(BOB, withNote(ALICE)));
    }

    private static PresenceDocument withNote(Principal presentity) {
        InstancePresence phone = new InstancePresence(
                "phone", Availability.BUSY, List.of(new Note("en", "in a hurry")), Optional.of(5), Optional.empty());
        return new PresenceDocument(presentity, List.of(phone));
    }

    @Test
    void aSenderThatWritesTooFastIsToldToWaitAndOthersAreNot() {
        Wired edge = federated("senderMessagesPerMinute", "60", "senderMessageBurst", "3");
        for (int i = 0; i < 3; i++) {
            assertThat(edge.says(ALICE, BOB, "x").join()).isEqualTo(new Delivered());
        }
        assertThat(limit(edge.says(ALICE, BOB, "x"))).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(edge.says(person("zoe@chat.example"), BOB, "x").join()).isEqualTo(new Delivered());
        edge.later(Duration.ofSeconds(1));
        assertThat(edge.says(ALICE, BOB, "x").join()).isEqualTo(new Delivered());
        assertThat(edge.brakes.broken().get(Brakes.Limit.SENDER_MESSAGES).sum()).isEqualTo(1);
        Crossing refused = edge.crossings.get(3);
        assertThat(refused.outcome()).isEqualTo(Crossing.Outcome.REFUSED);
        assertThat(refused.rules().get(refused.rules().size() - 1).detail())
                .isEqualTo("senderMessagesPerMinute is reached (io.drawbridge.exchange)");
    }

    @Test
    void aPartnerThatWritesTooFastIsToldToWait() {
        Wired edge = federated("partnerMessagesPerSecond", "20", "partnerMessageBurst", "5");
        for (int i = 0; i < 5; i++) {
            assertThat(edge.says(person("u" + i + "@chat.example"), BOB, "x").join())
                    .isEqualTo(new Delivered());
        }
        assertThat(limit(edge.says(ALICE, BOB, "x"))).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(edge.brakes.broken().get(Brakes.Limit.PARTNER_MESSAGES).sum())
                .isEqualTo(1);
    }

    @Test
    void whoKnowsNobodyWritesToFewStrangersAnHourAndToFriendsAsManyAsThereAre() {
        Wired edge = federated("newContactsPerHour", "2");
        Principal carl = person("carl@contoso.example");
        Principal dora = person("dora@contoso.example");
        edge.says(ALICE, BOB, "x");
        edge.says(ALICE, carl, "x");
        assertThat(limit(edge.says(ALICE, dora, "x"))).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(edge.says(ALICE, carl, "again").join()).isEqualTo(new Delivered());
        edge.stands(new Right(dora, ALICE), Phase.REQUESTED);
        assertThat(edge.says(ALICE, dora, "x").join()).isEqualTo(new Delivered());
        edge.later(Duration.ofHours(1));
        assertThat(edge.says(ALICE, person("emil@contoso.example"), "x").join()).isEqualTo(new Delivered());
    }

    @Test
    void requestsAndSignalsHaveLimitsOfTheirOwn() {
        Wired edge = federated("senderRequestsPerMinute", "2", "partnerSignalsPerSecond", "1");
        edge.takes(ALICE, person("a@contoso.example"), Step.ASK);
        edge.takes(ALICE, person("b@contoso.example"), Step.ASK);
        assertThat(limit(edge.takes(ALICE, BOB, Step.ASK))).isEqualTo(Reason.LIMIT_EXCEEDED);
        Event typing = new Event.Typing(Instance.anyOf(ALICE), Instance.anyOf(BOB), "c", Composing.COMPOSING);
        for (int i = 0; i < 10; i++) {
            assertThat(edge.bring(typing).join()).isEqualTo(new Delivered());
        }
        assertThat(limit(edge.bring(typing))).isEqualTo(Reason.LIMIT_EXCEEDED);
        assertThat(edge.says(ALICE, BOB, "still heard").join()).isEqualTo(new Delivered());
    }

    @Test
    void whatOwnUsersSendHasNoLimitHere() {
        Wired edge = federated("senderMessageBurst", "1", "partnerMessageBurst", "1");
        for (int i = 0; i < 50; i++) {
            assertThat(edge.says(BOB, ALICE, "x").join()).isEqualTo(new Delivered());
        }
    }

    @Test
    void whileTheLedgerIsNotReadMessagesFlowAndWhatNeedsItFails() {
        Wired edge = Wired.unread("Federated");
        DeliveryOutcome waits = DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.LEDGER_FAILED);
        assertThat(edge.says(BOB, ALICE, "x").join()).isEqualTo(new Delivered());
        assertThat(edge.says(ALICE, BOB, "x").join()).isEqualTo(new Delivered());
        assertThat(edge.takes(ALICE, BOB, Step.ASK).join()).isEqualTo(waits);
        assertThat(edge.watches(ALICE, BOB, true).join()).isEqualTo(waits);
        assertThat(edge.shows(ALICE, PresenceDocument.offline(BOB)).join()).isEqualTo(waits);
        assertThat(edge.xmpp.news())
                .as("no refusal for what is only not known yet")
                .hasSize(1);
        Wired unverified = Wired.unread("PublicUnverified");
        assertThat(unverified.says(ALICE, BOB, "x").join()).isEqualTo(waits);
    }

    private static Reason limit(CompletableFuture<DeliveryOutcome> outcome) {
        assertThat(outcome.join()).isInstanceOf(Failed.class);
        Failed failed = (Failed) outcome.join();
        assertThat(failed.condition()).isEqualTo(Condition.RESOURCE_CONSTRAINT);
        return failed.reason();
    }
}
