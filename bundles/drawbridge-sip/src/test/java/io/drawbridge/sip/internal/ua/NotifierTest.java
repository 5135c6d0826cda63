// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users of the home watch people outside: interworking 6.4.4 (RFC 8048 section 5, RFC 6665, RFC 3856). */
class NotifierTest {
    private final Scene scene = new Scene();
    private int sequence;

    private String subscribe(String to, int expires, String... more) {
        sequence++;
        List<String> lines = new ArrayList<>(List.of(
                "SUBSCRIBE sip:juliet@chat.example SIP/2.0",
                "Record-Route: <sip:pool.corp.example:5061;transport=tls;lr>",
                "From: <sip:romeo@corp.example>;tag=w1",
                "To: " + to,
                "Call-ID: s1",
                "CSeq: " + sequence + " SUBSCRIBE",
                "Contact: <sip:romeo@10.0.0.1:5071;transport=tls>",
                "Event: presence",
                "Expires: " + expires));
        for (String line : more) {
            String name = line.substring(0, line.indexOf(':') + 1);
            lines.removeIf(other -> other.startsWith(name));
        }
        lines.addAll(Arrays.asList(more));
        scene.sends("", lines.toArray(String[]::new));
        return scene.gets("SIP/2.0");
    }

    private String subscribe() {
        return subscribe("<sip:juliet@chat.example>", 3600);
    }

    private String notified(String state) {
        String notify = scene.gets("NOTIFY sip:romeo@10.0.0.1:5071;transport=tls SIP/2.0");
        assertThat(Scene.header(notify, "Subscription-State")).startsWith(state);
        scene.answers(notify, 200);
        return notify;
    }

    private void presence(Availability availability) {
        scene.deliver(new Event.Presence(
                Scene.ROMEO,
                new PresenceDocument(Scene.JULIET, List.of(InstancePresence.of("balcony", availability)))));
    }

    private void answers(Event.Step step) {
        scene.deliver(new Event.Authorization(Scene.JULIET, Scene.ROMEO, step, ""));
    }

    @Test
    void aSubscriptionOpensAWatchAndWaits() {
        String accepted = subscribe();
        assertThat(accepted).startsWith("SIP/2.0 200");
        assertThat(Scene.header(accepted, "Expires")).isEqualTo("3600");
        assertThat(Scene.header(accepted, "Contact")).startsWith("<sip:gw-").contains("@edge-int.corp.example:5061");
        assertThat(scene.event(Event.Watch.class)).isEqualTo(new Event.Watch(Scene.ROMEO, Scene.JULIET, true));

        String notify = notified("pending;expires=3600");
        assertThat(Scene.body(notify)).isEmpty();
        assertThat(Scene.header(notify, "Route")).isEqualTo("<sip:pool.corp.example:5061;transport=tls;lr>");
        assertThat(Scene.header(notify, "From")).startsWith("<sip:juliet@chat.example>;tag=");
        assertThat(Scene.header(notify, "To")).isEqualTo("<sip:romeo@corp.example>;tag=w1");
    }

    /** "granted, unwatched: SUBSCRIBE - 200; NOTIFY active" without an interlude of pending. */
    @Test
    void whoMayLookIsToldSoAtOnce() {
        scene.answer = new DeliveryOutcome.Delivered();
        subscribe();

        assertThat(Scene.body(notified("active")))
                .as("RFC 8048: empty without meaningful information")
                .isEmpty();
        presence(Availability.AWAY);
        assertThat(Scene.body(notified("active"))).contains("<show xmlns=\"jabber:client\">away</show>");
    }

    @Test
    void anAnswerThatTakesLongIsPendingMeanwhile() {
        scene.answersAtOnce = false;
        subscribe();
        scene.getsNothing();
        scene.time.advance(Duration.ofMillis(500));
        notified("pending");
        scene.unanswered.remove().complete(new DeliveryOutcome.Delivered());

        notified("active");
    }

    @Test
    void aGrantMakesTheSubscriptionActive() {
        subscribe();
        notified("pending");
        answers(Event.Step.GRANT);

        notified("active");
    }

    @Test
    void aRefusalEndsTheSubscription() {
        subscribe();
        notified("pending");
        scene.events.clear();
        answers(Event.Step.REFUSE);

        notified("terminated;reason=rejected");
        assertThat(scene.events).as("no watch is left to end").isEmpty();
        assertThat(subscribe("<sip:juliet@chat.example>;tag=gone", 3600)).startsWith("SIP/2.0 481");
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN, ANSWERED_BY_PEER, rejected",
        "NOT_AUTHORIZED, REFUSED_LATELY, rejected",
        "ITEM_NOT_FOUND, ANSWERED_BY_PEER, noresource",
        "REMOTE_SERVER_NOT_FOUND, UNREACHABLE, giveup;retry-after=300",
        "REMOTE_SERVER_TIMEOUT, TIMED_OUT, giveup;retry-after=300"
    })
    void aWatchThatFailsEndsTheSubscription(Condition condition, Reason reason, String told) {
        scene.answer = DeliveryOutcome.failed(condition, reason);
        subscribe();

        notified("terminated;reason=" + told);
        assertThat(scene.events)
                .as("a watch that failed is not ended besides, which would be told as another crossing")
                .containsExactly(new Event.Watch(Scene.ROMEO, Scene.JULIET, true));
    }

    @Test
    void whoMayLookByNowIsNotPutOutByAnEarlierAttemptThatFailed() {
        scene.answersAtOnce = false;
        String tag = Scene.header(subscribe(), "To");
        scene.time.advance(Duration.ofMillis(500));
        notified("pending");
        subscribe(tag, 3600);
        scene.time.advance(Duration.ofMillis(500));
        notified("pending");
        scene.unanswered.removeLast().complete(new DeliveryOutcome.Delivered());
        notified("active");
        scene.unanswered.remove().complete(DeliveryOutcome.failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));

        scene.getsNothing();
        presence(Availability.AWAY);
        assertThat(Scene.body(notified("active"))).contains("away");
    }

    /** What is shown from memory says nothing of the watch: it may fail all the same, and whoever looks is told. */
    @Test
    void whatIsRememberedIsShownButDoesNotHoldUpAWatchThatFails() {
        scene.answersAtOnce = false;
        subscribe();
        presence(Availability.AVAILABLE);
        assertThat(Scene.body(notified("active"))).contains("open");
        scene.unanswered.remove().complete(DeliveryOutcome.failed(Condition.REMOTE_SERVER_TIMEOUT, Reason.TIMED_OUT));

        notified("terminated;reason=giveup;retry-after=300");
    }

    @Test
    void whoWasShownOnlyWhatIsRememberedAsksAgainWithARefresh() {
        scene.answersAtOnce = false;
        String tag = Scene.header(subscribe(), "To");
        presence(Availability.AVAILABLE);
        notified("active");
        scene.events.clear();
        subscribe(tag, 3600);

        assertThat(scene.event(Event.Watch.class)).isEqualTo(new Event.Watch(Scene.ROMEO, Scene.JULIET, true));
    }

    /** "recompute document; NOTIFY, at most 1 per 5 s, coalesced" (6.4.4, RFC 3856 section 6.10). */
    @Test
    void changesAreToldOnceInFiveSeconds() {
        scene.answer = new DeliveryOutcome.Delivered();
        subscribe();
        notified("active");
        presence(Availability.AVAILABLE);
        notified("active");
        presence(Availability.AWAY);
        presence(Availability.BUSY);
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(5));

        assertThat(Scene.body(notified("active"))).contains("dnd");
        scene.time.advance(Duration.ofSeconds(30));
        scene.getsNothing();
    }

    @Test
    void oneNotifyIsUnderWayAtATime() {
        scene.answer = new DeliveryOutcome.Delivered();
        subscribe();
        String first = scene.gets("NOTIFY");
        presence(Availability.AWAY);
        scene.getsNothing();
        scene.answers(first, 200);

        assertThat(Scene.body(notified("active"))).contains("away");
    }

    /** "watched: refresh - 200 + NOTIFY full state". */
    @Test
    void aRefreshIsToldTheWholeState() {
        scene.answer = new DeliveryOutcome.Delivered();
        String tag = Scene.header(subscribe(), "To");
        notified("active");
        presence(Availability.AWAY);
        notified("active");
        scene.events.clear();
        subscribe(tag, 1800);

        assertThat(Scene.body(notified("active;expires=1800"))).contains("away");
        assertThat(scene.events).as("nobody is asked again").isEmpty();
    }

    /** "expiry or Expires 0 - NOTIFY terminated;timeout with closed document". */
    @Test
    void whoLooksNoLongerSeesNobody() {
        scene.answer = new DeliveryOutcome.Delivered();
        String tag = Scene.header(subscribe(), "To");
        notified("active");
        presence(Availability.AVAILABLE);
        notified("active");
        scene.events.clear();
        subscribe(tag, 0);

        assertThat(Scene.body(notified("terminated;reason=timeout"))).contains("<basic>closed</basic>");
        assertThat(scene.event(Event.Watch.class)).isEqualTo(new Event.Watch(Scene.ROMEO, Scene.JULIET, false));
    }

    @Test
    void aSubscriptionThatIsNotRefreshedEnds() {
        subscribe();
        notified("pending");
        scene.time.advance(Duration.ofHours(1));

        notified("terminated;reason=timeout");
    }

    /** "SUBSCRIBE Expires: 0, new dialog (poll) - NOTIFY terminated;timeout with document". */
    @Test
    void aPollIsToldThePresentStateOnce() {
        scene.answer = new DeliveryOutcome.Delivered();
        subscribe("<sip:juliet@chat.example>", 0);
        scene.getsNothing();
        presence(Availability.AWAY);

        assertThat(Scene.body(notified("terminated;reason=timeout"))).contains("away");
        scene.time.advance(Duration.ofSeconds(10));
        scene.getsNothing();
    }

    @Test
    void aPollThatLearnsNothingEndsAllTheSame() {
        subscribe("<sip:juliet@chat.example>", 0);
        scene.time.advance(Duration.ofSeconds(2));

        assertThat(Scene.body(notified("terminated;reason=timeout"))).isEmpty();
    }

    /** "NOTIFY answered 481 / timed out - drop the dialog". */
    @Test
    void whoRefusesANotifyHasNoSubscription() {
        subscribe();
        scene.answers(scene.gets("NOTIFY"), 481);
        scene.events.clear();
        answers(Event.Step.GRANT);

        scene.getsNothing();
        assertThat(scene.agent).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"Event: dialog, 489", "Accept: application/cpim-pidf+xml, 406", "Require: eventlist, 420"})
    void whatIsNotOfferedIsRefused(String header, int status) {
        assertThat(subscribe("<sip:juliet@chat.example>", 3600, header)).startsWith("SIP/2.0 " + status);
        assertThat(scene.events).isEmpty();
    }

    /** "Format choice by a Lync notifier, by Accept, in this order" (3.9). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/msrtc-event-categories+xml, application/xpidf+xml, text/xml+msrtc.pidf, application/pidf+xml"
                        + "|application/msrtc-event-categories+xml|<availability>15500</availability>",
                "text/xml+msrtc.pidf, application/pidf+xml|text/xml+msrtc.pidf|<state avail=\"15500\"/>",
                "application/xpidf+xml, application/pidf+xml|application/pidf+xml|<rp:away/>",
                "application/xpidf+xml|application/xpidf+xml|substatus=\"away\"",
                "*/*|application/pidf+xml|<rp:away/>"
            })
    void presenceIsWrittenAsTheHomeAsksForIt(String accepted, String type, String said) {
        scene.answer = new DeliveryOutcome.Delivered();
        assertThat(subscribe(
                        "<sip:juliet@chat.example>",
                        28_800,
                        "Accept: " + accepted,
                        "Supported: ms-benotify, ms-piggyback-first-notify"))
                .startsWith("SIP/2.0 200")
                .as("3.8: without the token BENOTIFY is not used")
                .doesNotContain("ms-benotify");
        notified("active");
        presence(Availability.AWAY);
        String notify = notified("active");

        assertThat(Scene.header(notify, "Content-Type")).isEqualTo(type);
        assertThat(Scene.body(notify)).contains(said);
    }

    @Test
    void oneWatcherHasSoManySubscriptionsAndNoMore() {
        scene.with("maxSubscriptionsPerWatcher", 1);
        subscribe();
        notified("pending");

        assertThat(subscribe("<sip:juliet@chat.example>", 3600)).startsWith("SIP/2.0 403");
    }

    @Test
    void watchersAreSentElsewhereWhenTheGatewayStops() {
        subscribe();
        notified("pending");
        scene.agent.stop();

        notified("terminated;reason=deactivated");
    }
}
