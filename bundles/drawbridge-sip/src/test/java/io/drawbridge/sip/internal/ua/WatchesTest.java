// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People outside watch users of the home: interworking 6.4.3 (RFC 8048 section 4, RFC 6665). */
class WatchesTest {
    private static final Event ASK = new Event.Authorization(Scene.JULIET, Scene.ROMEO, Event.Step.ASK, "");
    private static final Event GIVE_UP = new Event.Authorization(Scene.JULIET, Scene.ROMEO, Event.Step.GIVE_UP, "");
    private static final Event WATCH = new Event.Watch(Scene.JULIET, Scene.ROMEO, true);
    private static final Event GRANT = new Event.Authorization(Scene.ROMEO, Scene.JULIET, Event.Step.GRANT, "");
    private static final Event REFUSE = new Event.Authorization(Scene.ROMEO, Scene.JULIET, Event.Step.REFUSE, "");
    private static final Event OFFLINE = new Event.Presence(Scene.JULIET, PresenceDocument.offline(Scene.ROMEO));

    /** Before 80 percent of an hour are over, when nothing is refreshed yet. */
    private static final Duration EARLY = Duration.ofMinutes(47);

    /** When 90 percent of an hour are over, and what has to be is refreshed. */
    private static final Duration LATE = Duration.ofMinutes(55);

    /** RFC 3856 section 6.10: a notifier waits five seconds between two, or a little less. */
    private static final Duration NO_MORE_COMES = Duration.ofSeconds(6);

    private final WatchedHome home = new WatchedHome();
    private final Scene scene = home.scene;

    private static Event presence(Availability availability) {
        return new Event.Presence(
                Scene.JULIET, new PresenceDocument(Scene.ROMEO, List.of(InstancePresence.of("desk", availability))));
    }

    /** Juliet asked and Romeo's server let her see him; returns the SUBSCRIBE. */
    private String granted() {
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "active;expires=3600", WatchedHome.pidf("open"), 200);
        scene.events.clear();
        return subscribe;
    }

    @Test
    void askingSubscribes() {
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(ASK);
        String subscribe = home.subscribed();

        assertThat(subscribe).startsWith("SUBSCRIBE sip:romeo@corp.example SIP/2.0");
        assertThat(Scene.header(subscribe, "From")).startsWith("<sip:juliet@chat.example>;tag=");
        assertThat(Scene.header(subscribe, "Event")).isEqualTo("presence");
        assertThat(Scene.header(subscribe, "Accept")).isEqualTo("application/pidf+xml");
        assertThat(Scene.header(subscribe, "Expires")).isEqualTo("3600");
        assertThat(Scene.header(subscribe, "Contact")).startsWith("<sip:gw-");
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "pending;expires=3600", "", 200);
        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.HandedOver());
        assertThat(scene.events).as("nothing to the asker: neutral").isEmpty();
    }

    @Test
    void activeGrantsAndShows() {
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "active;expires=3600", WatchedHome.pidf("open"), 200);

        assertThat(scene.events).containsExactly(GRANT, presence(Availability.AVAILABLE));
    }

    /** As when the gateway began anew: what the watcher was shown before may not be true any more. */
    @Test
    void aFirstNotifyWithoutADocumentShowsThatNobodyIsThereAndAnotherOneIsNoNews() {
        scene.deliver(WATCH);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "active;expires=3600", "", 200);
        scene.time.advance(NO_MORE_COMES);
        home.notifies(subscribe, "active;expires=3600", "", 200);
        scene.time.advance(NO_MORE_COMES);

        assertThat(scene.events)
                .filteredOn(event -> event instanceof Event.Presence)
                .containsExactly(new Event.Presence(Scene.JULIET, PresenceDocument.offline(Scene.ROMEO)));
    }

    /** RFC 6665 section 4.2.1.2 has a NOTIFY at once, and the state in it may come with the next. */
    @Test
    void whoIsThereDoesNotComeAndGoBecauseANotifierSaysFirstThatTheWatchStands() {
        granted();
        scene.waits(LATE);
        scene.answers(home.subscribed(), 481);
        scene.time.advance(Duration.ZERO);
        String again = home.subscribed();
        home.accepts(again, 3600);
        home.notifies(again, "active", "", 200);
        scene.time.advance(Duration.ofSeconds(5));
        home.notifies(again, "active", WatchedHome.pidf("open"), 200);
        scene.time.advance(NO_MORE_COMES);

        assertThat(scene.events).containsExactly(presence(Availability.AVAILABLE));
    }

    @Test
    void theFirstNotifyMayOvertakeTheAnswer() { // RFC 6665 section 4.4.1
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.notifies(subscribe, "active;expires=3600", WatchedHome.pidf("open"), 200);
        home.accepts(subscribe, 3600);

        assertThat(scene.events).containsExactly(GRANT, presence(Availability.AVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 489, 603, 404, 604})
    void aRefusedSubscriptionRefuses(int status) {
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(ASK);
        scene.answers(home.subscribed(), status);

        assertThat(scene.events).containsExactly(REFUSE);
        assertThat(outcome).isCompleted();
        scene.time.advance(Duration.ofDays(2));
        scene.getsNothing();
    }

    @Test
    void aRejectionByNotifyRefuses() {
        scene.deliver(ASK);
        String subscribe = home.subscribed();
        home.accepts(subscribe, 3600);
        home.notifies(subscribe, "terminated;reason=rejected", "", 200);

        assertThat(scene.events).containsExactly(REFUSE);
    }

    @ParameterizedTest
    @CsvSource({"rejected", "noresource"})
    void aRightThatIsWithdrawnShowsNobodyFirst(String reason) {
        String subscribe = granted();
        home.notifies(subscribe, "active", "", 200);
        home.notifies(subscribe, "terminated;reason=" + reason, "", 200);
        scene.time.advance(NO_MORE_COMES);

        assertThat(scene.events).containsExactly(OFFLINE, REFUSE);
    }

    @Test
    void aRefreshThatIsRefusedWithdrawsTheRight() {
        granted();
        scene.waits(LATE);
        scene.answers(home.subscribed(), 403);

        assertThat(scene.events).containsExactly(OFFLINE, REFUSE);
    }

    /** "refresh timer at 80-90 % of expiry" (6.4.3, 6.4.6). */
    @Test
    void aWatchIsRefreshedInItsDialog() {
        String first = granted();
        scene.time.advance(EARLY);
        scene.getsNothing();
        scene.waits(LATE.minus(EARLY));

        String refresh = scene.gets("SUBSCRIBE sip:pa@corp.example:5061 SIP/2.0");
        assertThat(Scene.header(refresh, "Call-ID")).isEqualTo(Scene.header(first, "Call-ID"));
        assertThat(Scene.header(refresh, "To")).endsWith(";tag=home");
        assertThat(Scene.header(refresh, "CSeq")).isEqualTo("2 SUBSCRIBE");
    }

    /** "481 - transient: keep authorization, new SUBSCRIBE"; "subscription gone: create a new one (new dialog)" (2.6). */
    @Test
    void aForgottenDialogIsMadeAnew() {
        String first = granted();
        scene.waits(LATE);
        scene.answers(home.subscribed(), 481);
        scene.time.advance(Duration.ZERO);

        String again = scene.gets("SUBSCRIBE sip:romeo@corp.example SIP/2.0");
        assertThat(Scene.header(again, "Call-ID")).isNotEqualTo(Scene.header(first, "Call-ID"));
        assertThat(scene.events).isEmpty();
        home.accepts(again, 3600);
        home.notifies(again, "active", WatchedHome.pidf("closed"), 200);
        assertThat(scene.events).as("no second grant").containsExactly(presence(Availability.OFFLINE));
    }

    @Test
    void aTimeTooShortIsAskedLonger() { // 423
        scene.deliver(ASK);
        scene.answers(home.subscribed(), 423, "Min-Expires: 7200");

        assertThat(Scene.header(home.subscribed(), "Expires")).isEqualTo("7200");
    }

    @Test
    void whoWantsToBeAskedForEverLongerIsAskedLater() {
        scene.deliver(ASK);
        for (int seconds = 3601; seconds <= 3604; seconds++) {
            scene.answers(home.subscribed(), 423, "Min-Expires: " + seconds);
        }
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(30));

        assertThat(Scene.header(home.subscribed(), "Expires")).isEqualTo("3603");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503, 504})
    void aFailureIsTriedAgainWithBackOff(int status) {
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(WATCH);
        scene.answers(home.subscribed(), status);
        assertThat(outcome.getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.time.advance(Duration.ofSeconds(30));
        scene.answers(home.subscribed(), status);
        scene.time.advance(Duration.ofSeconds(59));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        home.accepts(home.subscribed(), 3600);
        assertThat(scene.events).as("the right stays").isEmpty();
    }

    /** "granted, idle: X probe - SUBSCRIBE". */
    @Test
    void whoAsksWhileAWatchWaitsForItsNextAttemptHasItTriedAtOnceButInNoStorm() {
        scene.deliver(WATCH);
        scene.answers(home.subscribed(), 500);
        scene.time.advance(Duration.ofSeconds(30));
        scene.answers(home.subscribed(), 500);
        scene.time.advance(Duration.ofSeconds(29));
        scene.deliver(WATCH);
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(WATCH);
        String again = home.subscribed();
        scene.deliver(WATCH);
        scene.getsNothing();
        home.accepts(again, 3600);
        home.notifies(again, "active", WatchedHome.pidf("open"), 200);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        assertThat(scene.events).contains(presence(Availability.AVAILABLE));
        scene.time.advance(EARLY);
        scene.getsNothing();
    }

    @Test
    void whoAsksDoesNotHastenAHomeThatEndsTheWatchForAnHourAfterARefreshThatFailed() {
        String subscribe = granted();
        scene.waits(LATE);
        scene.answers(home.subscribed(), 500);
        home.notifies(subscribe, "terminated;reason=giveup;retry-after=3600", "", 200);
        scene.deliver(WATCH);
        scene.getsNothing();
        scene.time.advance(Duration.ofHours(1));

        home.subscribed();
    }

    @Test
    void whoAsksDoesNotHastenAHomeThatSaysWhenToComeAgain() {
        scene.deliver(WATCH);
        scene.answers(home.subscribed(), 503, "Retry-After: 100");
        scene.time.advance(Duration.ofSeconds(99));
        scene.deliver(WATCH);
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        home.subscribed();
    }

    @Test
    void aHomeThatCannotBeReachedIsTold() {
        scene.noWay = Reason.UNREACHABLE;
        assertThat(scene.deliver(WATCH).getNow(null)).isInstanceOf(DeliveryOutcome.Failed.class);
        scene.noWay = null;
        scene.time.advance(Duration.ofSeconds(30));

        home.subscribed();
    }

    /** "after expiry X unavailable". */
    @Test
    void aWatchThatCannotBeRenewedShowsNobodyWhenItsTimeIsOver() {
        granted();
        scene.noWay = Reason.UNREACHABLE;
        scene.time.advance(Duration.ofHours(1));

        assertThat(scene.events).containsExactly(OFFLINE);
    }

    @Test
    void aDeactivatedWatchIsMadeAnewAtOnceButInNoStorm() {
        String subscribe = granted();
        scene.time.advance(Duration.ofMinutes(1));
        home.notifies(subscribe, "terminated;reason=deactivated", "", 200);
        scene.time.advance(Duration.ZERO);
        String again = home.subscribed();
        home.accepts(again, 3600);
        home.beginsDialog();
        home.notifies(again, "terminated;reason=deactivated", "", 200);
        scene.time.advance(Duration.ofSeconds(29));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        home.subscribed();
    }

    @Test
    void probationIsObeyed() {
        String subscribe = granted();
        home.notifies(subscribe, "terminated;reason=probation;retry-after=100", "", 200);
        scene.time.advance(Duration.ofSeconds(99));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        home.subscribed();
    }

    /** RFC 3261 section 12.2.2 has servers say 500 with a Retry-After that may be zero. */
    @Test
    void noAnswerMakesRetriesAStorm() {
        scene.deliver(WATCH);
        scene.answers(home.subscribed(), 500, "Retry-After: 0");
        scene.time.advance(Duration.ofSeconds(29));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));
        String again = home.subscribed();
        home.accepts(again, 3600);
        home.notifies(again, "active", "", 200);
        home.notifies(again, "terminated;reason=probation;retry-after=1", "", 200);
        scene.time.advance(Duration.ofSeconds(29));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        home.subscribed();
    }

    /** Timer N (RFC 6665): "no NOTIFY in 32 s: subscription failed". */
    @Test
    void aSubscriptionWithoutNotifyIsMadeAnew() {
        scene.deliver(ASK);
        home.accepts(home.subscribed(), 3600);
        scene.time.advance(Duration.ofSeconds(32));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(30));

        home.subscribed();
    }

    /** "X unsubscribe - SUBSCRIBE Expires: 0 in dialog; the notifier then sends NOTIFY terminated: answer 200". */
    @Test
    void givingUpUnsubscribes() {
        String first = granted();
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(GIVE_UP);
        String last = scene.gets("SUBSCRIBE sip:pa@corp.example:5061 SIP/2.0");
        assertThat(Scene.header(last, "Expires")).isEqualTo("0");
        scene.answers(last, 200);
        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        home.notifies(first, "terminated;reason=timeout", WatchedHome.pidf("closed"), 200);

        assertThat(scene.events).isEmpty();
        scene.time.advance(Duration.ofDays(1));
        scene.getsNothing();
    }

    /** "granted, watching: X probe - send cached document; no new dialog". */
    @Test
    void whoAsksAgainIsShownWhatIsKnown() {
        granted();
        CompletableFuture<DeliveryOutcome> outcome = scene.deliver(WATCH);

        assertThat(outcome).isCompletedWithValue(new DeliveryOutcome.Delivered());
        assertThat(scene.events).containsExactly(presence(Availability.AVAILABLE));
        scene.getsNothing();
    }

    @Test
    void whoSubscribesAgainIsGrantedAgain() {
        granted();
        scene.deliver(ASK);

        assertThat(scene.events).containsExactly(GRANT, presence(Availability.AVAILABLE));
    }

    @Test
    void documentsThatAreNotSoundAreIgnored() { // D7, D8: answer 200, keep the last
        String subscribe = granted();
        home.notifies(subscribe, "active", WatchedHome.pidf("open").replace("romeo@", "tybalt@"), 200);
        home.notifies(subscribe, "active", "<presence", 200);

        assertThat(scene.events).isEmpty();
    }

    /** "NOTIFY without body (active) - unknown/closed". */
    @Test
    void anEmptyNotifyMeansThatNobodyIsKnownToBeThere() {
        String subscribe = granted();
        home.notifies(subscribe, "active", "", 200);
        scene.time.advance(NO_MORE_COMES);

        assertThat(scene.events).containsExactly(OFFLINE);
    }

    @Test
    void nobodyElseCanNotify() {
        String subscribe = granted();
        home.notifies(
                subscribe.replace(Scene.header(subscribe, "Call-ID"), "other"),
                "active",
                WatchedHome.pidf("closed"),
                481);
        home.notifies(
                subscribe.replaceFirst(";tag=[0-9a-f]+", ";tag=guessed"), "active", WatchedHome.pidf("closed"), 481);

        assertThat(scene.events).isEmpty();
    }

    @Test
    void anOldNotifyIsNotTaken() {
        String subscribe = granted();
        home.beginsDialog();
        home.notifies(subscribe, "active", WatchedHome.pidf("closed"), 500);

        assertThat(scene.events).isEmpty();
    }
}
