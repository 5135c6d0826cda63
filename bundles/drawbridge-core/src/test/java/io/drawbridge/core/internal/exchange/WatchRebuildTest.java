// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import static io.drawbridge.core.internal.exchange.Wired.ALICE;
import static io.drawbridge.core.internal.exchange.Wired.ALICE_SEES_BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB;
import static io.drawbridge.core.internal.exchange.Wired.BOB_SEES_ALICE;
import static io.drawbridge.core.internal.exchange.Wired.busy;
import static io.drawbridge.core.internal.exchange.Wired.federated;
import static io.drawbridge.core.internal.exchange.Wired.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.DeliveryOutcome.Delivered;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Watches that were lost with a process or a link are opened again (interworking 9.3). */
final class WatchRebuildTest {
    private static final Event ALICE_OPENS = new Event.Watch(ALICE, BOB, true);
    private static final Event BOB_OPENS = new Event.Watch(BOB, ALICE, true);
    private static final PresenceDocument BOB_BUSY = busy(BOB);
    private static final PresenceDocument ALICE_BUSY = busy(ALICE);

    @Test
    void afterARestartWatchesAreOpenedAgainInPaceAndNoContactIsAsked() {
        Wired edge = Wired.unread("Federated");
        edge.configure("rebuildsPerSecond", "3");
        Map<Right, Entitlement> rights = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            Principal contact = person("u" + i + "@chat.example");
            rights.put(new Right(contact, BOB), entitlement(edge, Phase.GRANTED, Duration.ofHours(23)));
            rights.put(new Right(BOB, contact), entitlement(edge, Phase.GRANTED, Duration.ofHours(23)));
        }
        Principal gone = person("gone@chat.example");
        rights.put(new Right(gone, BOB), entitlement(edge, Phase.GRANTED, Duration.ofHours(24)));
        rights.put(new Right(BOB, person("asked@chat.example")), entitlement(edge, Phase.REQUESTED, Duration.ZERO));
        rights.put(new Right(person("u@elsewhere.example"), BOB), entitlement(edge, Phase.GRANTED, Duration.ZERO));
        edge.authorizations.load(rights, Map.of());
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.got.size() + edge.xmpp.got.size()).isEqualTo(3);
        edge.rebuild.next();
        edge.rebuild.next();
        edge.rebuild.next();
        assertThat(edge.sip.got).hasSize(4).allSatisfy(event -> {
            assertThat(event).isInstanceOf(Event.Watch.class);
            assertThat(event.recipient().principal()).isEqualTo(BOB);
        });
        assertThat(edge.xmpp.got).hasSize(4).allSatisfy(event -> {
            assertThat(event).isInstanceOf(Event.Watch.class);
            assertThat(event.sender().principal()).isEqualTo(BOB);
        });
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.got.size() + edge.xmpp.got.size())
                .as("what is open stays open")
                .isEqualTo(8);
    }

    /** Else nobody could tell the contact which of an own user's devices has gone while the appliance was not there. */
    @Test
    void afterARestartTheContactsLinkHearsWhatTheContactWasShownLast() {
        Wired edge = Wired.unread("Federated");
        edge.authorizations.load(
                Map.of(
                        ALICE_SEES_BOB,
                        entitlement(edge, Phase.GRANTED, Duration.ZERO),
                        BOB_SEES_ALICE,
                        entitlement(edge, Phase.GRANTED, Duration.ZERO)),
                Map.of(ALICE_SEES_BOB, BOB_BUSY, BOB_SEES_ALICE, ALICE_BUSY));
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.xmpp.news()).containsExactlyInAnyOrder(new Event.Presence(ALICE, BOB_BUSY), BOB_OPENS);
        assertThat(edge.sip.news())
                .as("a home's users subscribe again themselves")
                .containsExactly(ALICE_OPENS);
    }

    /** What a contact is to be told while nothing leads to it would be lost, and nobody would tell it later. */
    @Test
    void nothingIsOpenedAgainForAContactBeforeItsLinkIsThere() {
        Wired edge = Wired.unread("Federated");
        edge.deliveries.remove("xmpp", edge.xmpp);
        edge.authorizations.load(
                Map.of(ALICE_SEES_BOB, entitlement(edge, Phase.GRANTED, Duration.ZERO)),
                Map.of(ALICE_SEES_BOB, BOB_BUSY));
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.news()).isEmpty();
        edge.deliveries.add("xmpp", edge.xmpp);
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.xmpp.news()).containsExactly(new Event.Presence(ALICE, BOB_BUSY));
        assertThat(edge.sip.news()).containsExactly(ALICE_OPENS);
    }

    @Test
    void aLinkThatBeganAnewHearsWhatItsContactsWereShown() {
        Wired edge = Wired.unread("Federated");
        edge.authorizations.load(
                Map.of(ALICE_SEES_BOB, entitlement(edge, Phase.GRANTED, Duration.ZERO)),
                Map.of(ALICE_SEES_BOB, BOB_BUSY));
        edge.rebuild.request();
        edge.rebuild.next();
        edge.xmpp.news();
        edge.rebuild.lost("xmpp");
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.xmpp.news()).containsExactly(new Event.Presence(ALICE, BOB_BUSY));
    }

    /** RFC 6121 section 3.1.3: an unanswered request is kept, and put to the user again; the home forgot it. */
    @Test
    void afterARestartAnOwnUserIsAskedOnceMoreWhatWasNotAnswered() {
        Wired edge = Wired.unread("Federated");
        Principal asks = person("asks@chat.example");
        Principal longAgo = person("long-ago@chat.example");
        Entitlement old = new Entitlement(
                Phase.REQUESTED, false, edge.now.minus(Duration.ofDays(30)), Instant.EPOCH, Instant.EPOCH);
        edge.authorizations.load(
                Map.of(
                        new Right(asks, BOB),
                        entitlement(edge, Phase.REQUESTED, Duration.ZERO),
                        new Right(longAgo, BOB),
                        old),
                Map.of());
        edge.rebuild.request();
        edge.rebuild.next();
        Event question = new Event.Authorization(asks, BOB, Event.Step.ASK, "");
        assertThat(edge.sip.news()).containsExactly(question);
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.news()).as("the home has it").isEmpty();
        edge.rebuild.lost("sip");
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.news()).containsExactly(question);
        edge.rebuild.lost("sip");
        edge.sip.answers = event -> CompletableFuture.completedFuture(
                DeliveryOutcome.failed(Condition.RESOURCE_CONSTRAINT, Reason.OVERLOADED));
        for (String attempt : List.of("the first", "once more, since the home did not take it")) {
            edge.rebuild.request();
            edge.rebuild.next();
            assertThat(edge.sip.news()).as(attempt).containsExactly(question);
        }
        assertThat(edge.xmpp.got).isEmpty();
    }

    private static Entitlement entitlement(Wired edge, Phase phase, Duration ago) {
        return new Entitlement(phase, false, edge.now, Instant.EPOCH, edge.now.minus(ago));
    }

    @Test
    void aLinkThatComesBackGetsItsWatchesAgain() {
        Wired edge = federated();
        edge.stands(ALICE_SEES_BOB, Phase.GRANTED);
        edge.stands(BOB_SEES_ALICE, Phase.GRANTED);
        edge.watches(ALICE, BOB, true);
        edge.watches(BOB, ALICE, true);
        edge.sip.news();
        edge.xmpp.news();
        edge.deliveries.remove("sip", edge.sip);
        edge.rebuild.lost("sip");
        edge.deliveries.add("sip", edge.sip);
        edge.rebuild.request();
        edge.rebuild.next();
        assertThat(edge.sip.news()).containsExactly(ALICE_OPENS);
        assertThat(edge.xmpp.got).isEmpty();
    }

    @Test
    void aWatchThatCouldNotBeOpenedAgainEndsNoneThatItsWatcherOpenedMeanwhile() {
        Wired edge = Wired.unread("Federated");
        edge.authorizations.load(Map.of(ALICE_SEES_BOB, entitlement(edge, Phase.GRANTED, Duration.ZERO)), Map.of());
        edge.sip.holdBack();
        edge.rebuild.request();
        edge.rebuild.next();
        edge.watches(ALICE, BOB, true);
        edge.sip.open.get(1).complete(new Delivered());
        edge.sip.open.get(0).complete(DeliveryOutcome.failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));
        assertThat(edge.authorizations.watches()).isEqualTo(1);
    }
}
