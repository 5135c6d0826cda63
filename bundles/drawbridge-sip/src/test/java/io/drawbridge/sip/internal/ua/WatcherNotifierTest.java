// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users of the home are told who outside watches them: RFC 3857, RFC 3858. */
class WatcherNotifierTest {
    private static final Principal NURSE = Principal.of("nurse", DomainName.of("chat.example"));
    private final Scene scene = new Scene();
    private int sequence;

    private String subscribe(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "SUBSCRIBE sip:romeo@corp.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=w1",
                "To: <sip:romeo@corp.example>",
                "Call-ID: winfo",
                "CSeq: " + ++sequence + " SUBSCRIBE",
                "Contact: <sip:romeo@10.0.0.1:5071;transport=tls>",
                "Event: presence.winfo",
                "Expires: 3600"));
        for (String line : more) {
            String name = line.substring(0, line.indexOf(':') + 1);
            lines.removeIf(other -> other.startsWith(name));
        }
        lines.addAll(Arrays.asList(more));
        scene.sends("", lines.toArray(String[]::new));
        return scene.gets("SIP/2.0");
    }

    private String notified() {
        String notify = scene.gets("NOTIFY sip:romeo@10.0.0.1:5071;transport=tls SIP/2.0");
        assertThat(Scene.header(notify, "Event")).isEqualTo("presence.winfo");
        scene.answers(notify, 200);
        return Scene.body(notify);
    }

    private String told() {
        scene.time.advance(Duration.ofSeconds(5));
        return notified();
    }

    /** Somebody outside asks; returns the SUBSCRIBE that goes to the home. */
    private String asks(Principal watcher, String nick) {
        scene.deliver(new Event.Authorization(watcher, Scene.ROMEO, Event.Step.ASK, nick));
        String subscribe = scene.gets("SUBSCRIBE sip:romeo@corp.example");
        scene.answers(subscribe, 200, "Expires: 3600", "Contact: <sip:pa@corp.example:5061>");
        return subscribe;
    }

    private void says(String subscribe, String state) {
        String contact = Scene.header(subscribe, "Contact");
        scene.sends(
                "",
                "NOTIFY " + contact.substring(1, contact.length() - 1) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=home",
                "To: " + Scene.header(subscribe, "From"),
                "Call-ID: " + Scene.header(subscribe, "Call-ID"),
                "CSeq: " + ++sequence + " NOTIFY",
                "Event: presence",
                "Subscription-State: " + state);
        scene.gets("SIP/2.0 200");
    }

    private static String id(String document) {
        return document.replaceAll("(?s).*<watcher id=\"([^\"]+)\".*", "$1");
    }

    @Test
    @Specified(
            document = "RFC 3858",
            section = "4.1",
            requirement = "The first document has version 0 and the full state")
    void whoSubscribesIsToldAllWatchers() {
        says(asks(Scene.JULIET, "Juliet \"C\""), "pending;expires=3600");
        says(asks(NURSE, ""), "active;expires=3600");
        assertThat(subscribe()).startsWith("SIP/2.0 200");

        assertThat(notified())
                .contains("<watcherinfo xmlns=\"urn:ietf:params:xml:ns:watcherinfo\" version=\"0\" state=\"full\">")
                .contains("<watcher-list resource=\"sip:romeo@corp.example\" package=\"presence\">")
                .contains("status=\"pending\" event=\"subscribe\"")
                .contains("display-name=\"Juliet &quot;C&quot;\">sip:juliet@chat.example</watcher>")
                .contains("status=\"active\" event=\"subscribe\"")
                .contains(">sip:nurse@chat.example</watcher>");
    }

    @Test
    void whoeverAsksIsShownWhenTheHomeLetsItWait() {
        subscribe();
        assertThat(notified()).doesNotContain("<watcher ");
        String subscribe = asks(Scene.JULIET, "");
        scene.time.advance(Duration.ofSeconds(5));
        scene.getsNothing();
        says(subscribe, "pending;expires=3600");

        assertThat(notified())
                .contains("version=\"1\" state=\"partial\"")
                .contains("status=\"pending\" event=\"subscribe\"");
    }

    @Test
    @Specified(
            document = "RFC 3857",
            section = "4.7.1",
            requirement = "pending, approved, active; rejected, terminated: told once")
    void changesAreToldAloneAndWhoIsGoneIsToldOnce() {
        String subscribe = asks(Scene.JULIET, "");
        says(subscribe, "pending;expires=3600");
        subscribe();
        String id = id(notified());
        says(subscribe, "active;expires=3600");
        String approved = told();
        assertThat(approved).contains("version=\"1\"").contains("status=\"active\" event=\"approved\"");
        assertThat(id(approved)).as("the same subscription").isEqualTo(id);
        says(subscribe, "terminated;reason=rejected");
        assertThat(told()).contains("status=\"terminated\" event=\"rejected\"");

        says(asks(NURSE, ""), "pending;expires=3600");
        assertThat(told()).contains("nurse").doesNotContain("juliet");
    }

    @Test
    @Specified(
            document = "RFC 3857",
            section = "4.10",
            requirement = "No more than one notification every five seconds")
    void changesWithinFiveSecondsComeTogether() {
        subscribe();
        notified();
        says(asks(Scene.JULIET, ""), "pending;expires=3600");
        says(asks(NURSE, ""), "pending;expires=3600");
        scene.getsNothing();

        assertThat(told()).contains("juliet").contains("nurse");
    }

    @Test
    @Specified(document = "RFC 3857", section = "4.7.1", requirement = "pending, timeout, waiting")
    void whoseTimeIsOverWaitsUntilItIsAskedForAgain() {
        String first = asks(Scene.JULIET, "");
        says(first, "pending;expires=3600");
        subscribe();
        String id = id(notified());
        says(first, "terminated;reason=timeout");
        assertThat(told()).contains("status=\"waiting\" event=\"timeout\"");
        scene.waits(Duration.ofHours(25));
        String notify = scene.gets();
        assertThat(Scene.header(notify, "Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(Scene.body(notify)).as("the last words are the full state").contains("status=\"waiting\"");
        scene.answers(notify, 200);
        scene.waits(Duration.ofHours(25));
        String second = scene.gets("SUBSCRIBE sip:romeo@corp.example");
        subscribe();
        notified();
        scene.answers(second, 200, "Expires: 3600", "Contact: <sip:pa@corp.example:5061>");
        says(second, "pending;expires=3600");

        assertThat(told())
                .containsPattern("<watcher id=\"" + id + "\" status=\"terminated\" event=\"giveup\"")
                .containsPattern("<watcher id=\"(?!" + id + ")[^\"]+\" status=\"pending\" event=\"subscribe\"");
    }

    @Test
    void whoseQuestionIsGivenUpAfterAMonthIsNotShownAnyLonger() {
        scene.deliver(new Event.Authorization(Scene.JULIET, Scene.ROMEO, Event.Step.ASK, ""));
        for (int day = 1; day <= 30; day++) {
            String subscribe = scene.gets("SUBSCRIBE sip:romeo@corp.example");
            scene.answers(subscribe, 200, "Expires: 3600", "Contact: <sip:pa@corp.example:5061>");
            says(subscribe, "pending;expires=3600");
            says(subscribe, "terminated;reason=timeout");
            scene.time.advance(Duration.ofHours(24));
        }
        subscribe("Expires: 0");

        assertThat(Scene.body(scene.gets("NOTIFY"))).contains("state=\"full\"").doesNotContain("juliet");
    }

    @Test
    void whoGivesUpIsNotShownAnyLonger() {
        says(asks(Scene.JULIET, ""), "pending;expires=3600");
        subscribe();
        notified();
        scene.deliver(new Event.Authorization(Scene.JULIET, Scene.ROMEO, Event.Step.GIVE_UP, ""));
        scene.gets("SUBSCRIBE");

        assertThat(told()).contains("status=\"terminated\" event=\"giveup\"");
    }

    @Test
    @Specified(
            document = "RFC 3265",
            section = "3.3.6",
            requirement = "A SUBSCRIBE with Expires 0 asks for the state once")
    void aPollIsToldAllAndEnds() {
        says(asks(Scene.JULIET, ""), "pending;expires=3600");
        subscribe("Expires: 0");
        String notify = scene.gets("NOTIFY");

        assertThat(Scene.header(notify, "Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(Scene.body(notify)).contains("state=\"full\"").contains("juliet");
    }

    @Test
    @Specified(document = "RFC 3857", section = "4.6", requirement = "Who watches somebody is told to nobody else")
    void nobodyIsToldOfTheWatchersOfSomebodyElse() {
        assertThat(subscribe("From: <sip:tybalt@corp.example>;tag=t")).startsWith("SIP/2.0 403");
    }

    @Test
    @Specified(
            document = "RFC 6665",
            section = "4.2.1.1",
            requirement = "423 with Min-Expires for too brief a subscription")
    void tooBriefASubscriptionIsToldTheLeast() {
        String refused = subscribe("Expires: 59");

        assertThat(refused).startsWith("SIP/2.0 423");
        assertThat(Scene.header(refused, "Min-Expires")).isEqualTo("60");
        assertThat(subscribe("Expires: 60")).startsWith("SIP/2.0 200");
    }

    @Test
    void toAddWhoAsksIsToConsent() {
        says(asks(Scene.JULIET, ""), "pending;expires=3600");
        scene.events.clear();
        adds();

        assertThat(scene.events)
                .contains(new Event.Authorization(Scene.ROMEO, Scene.JULIET, Event.Step.GRANT, ""))
                .contains(new Event.Watch(Scene.ROMEO, Scene.JULIET, true));
        subscribe();
        assertThat(notified()).contains("status=\"active\" event=\"approved\"");
    }

    @Test
    void theHomesRulesDecideAloneIfSoConfigured() {
        scene.with("addingIsConsent", false);
        says(asks(Scene.JULIET, ""), "pending;expires=3600");
        scene.events.clear();
        adds();

        assertThat(scene.events).containsExactly(new Event.Watch(Scene.ROMEO, Scene.JULIET, true));
    }

    private void adds() {
        scene.sends(
                "",
                "SUBSCRIBE sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=w2",
                "To: <sip:juliet@chat.example>",
                "Call-ID: added",
                "CSeq: 1 SUBSCRIBE",
                "Contact: <sip:romeo@10.0.0.1:5071;transport=tls>",
                "Event: presence",
                "Expires: 3600");
        scene.gets("SIP/2.0 200");
        scene.answers(scene.gets("NOTIFY"), 200);
    }
}
