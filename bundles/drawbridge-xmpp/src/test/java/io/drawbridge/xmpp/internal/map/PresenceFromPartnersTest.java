// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static io.drawbridge.xmpp.internal.map.Scene.JULIET;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6121 sections 3 and 4, RFC 8048, XMPP to the model. */
final class PresenceFromPartnersTest {
    private final Scene scene = new Scene();

    private PresenceDocument document() {
        return ((Event.Presence) scene.brought.get(scene.brought.size() - 1)).document();
    }

    private InstancePresence told(String attributes, String content) {
        scene.receivesPresence(attributes, content);
        assertThat(document().presentity()).isEqualTo(JULIET);
        return document().instances().get(0);
    }

    @ParameterizedTest(name = "interworking 6.4.2: show {0} is {1}")
    @CsvSource({
        "'',AVAILABLE",
        "<show>chat</show>,CHATTY",
        "<show>away</show>,AWAY",
        "<show>xa</show>,EXTENDED_AWAY",
        "<show>dnd</show>,DO_NOT_DISTURB",
        "<show>foo</show>,AVAILABLE",
        "<show>away</show><idle xmlns='urn:xmpp:idle:1' since='2026-03-01T11:00:00Z'/>,IDLE"
    })
    @Specified(document = "RFC 8048", section = "6.2", requirement = "show and its absence to availability")
    void theShowElementSaysTheAvailability(String content, Availability availability) {
        assertThat(told("", content).availability()).isEqualTo(availability);
        assertThat(document().instances().get(0).instance()).isEqualTo("balcony");
    }

    @Test
    void statusTextsAreNotesOnePerLanguage() {
        assertThat(told("xml:lang='en'", "<status>back at 3</status><status xml:lang='de'>um drei</status>")
                        .notes())
                .containsExactly(new Note("en", "back at 3"), new Note("de", "um drei"));
    }

    @ParameterizedTest(name = "RFC 6121 section 4.7.2.3: priority {0}")
    @CsvSource({"0,0", "127,127", "-128,-128", "128,", "x,", "-129,"})
    @Specified(document = "RFC 6121", section = "4.7.2.3", requirement = "A priority is an integer from -128 to 127")
    void thePriorityCrossesWhereItIsOne(String text, Integer priority) {
        assertThat(told("", "<priority>" + text + "</priority>").priority()).isEqualTo(Optional.ofNullable(priority));
    }

    @Test
    void xep0319AndXep0256TellSinceWhenNobodyIsThere() {
        assertThat(told("", "<idle xmlns='urn:xmpp:idle:1' since='2026-03-01T11:00:00Z'/>")
                        .idleSince())
                .contains(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(told("", "<query xmlns='jabber:iq:last' seconds='60'/>").idleSince())
                .contains(scene.now.minusSeconds(60));
        assertThat(told("", "<idle xmlns='urn:xmpp:idle:1' since='soon'/>").idleSince())
                .isEmpty();
    }

    @Test
    void resourcesAddUpAndLeaveOneByOne() {
        scene.receivesPresence("", "");
        scene.receives(
                "<presence from='juliet@chat.example/phone' to='romeo@corp.example'><show>dnd</show></presence>");
        assertThat(document().instances())
                .containsExactly(
                        InstancePresence.of("balcony", Availability.AVAILABLE),
                        InstancePresence.of("phone", Availability.DO_NOT_DISTURB));
        scene.receivesPresence("type='unavailable'", "");
        assertThat(document().instances()).containsExactly(InstancePresence.of("phone", Availability.DO_NOT_DISTURB));
    }

    @Test
    void interworking6_4_1UnavailableFromTheBareAddressIsAllOfThem() {
        scene.receivesPresence("", "");
        scene.brought.clear();
        scene.receives("<presence from='juliet@chat.example' to='romeo@corp.example' type='unavailable'/>");
        assertThat(scene.brought)
                .containsExactly(
                        new Event.Presence(ROMEO, PresenceDocument.offline(JULIET)),
                        new Event.Watch(JULIET, ROMEO, false));
    }

    @Test
    void unavailablePresenceMayLeaveANote() {
        assertThat(told("type='unavailable'", "<status>On holiday</status>"))
                .isEqualTo(new InstancePresence(
                        "balcony",
                        Availability.OFFLINE,
                        List.of(new Note("", "On holiday")),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void moreResourcesThanAnybodyHasAreIgnored() {
        for (int i = 0; i < 100; i++) {
            scene.receives("<presence from='juliet@chat.example/r" + i + "' to='romeo@corp.example'/>");
        }
        assertThat(document().instances()).hasSize(32);
    }

    @Test
    void whatNobodyConfirmsForADayIsForgotten() {
        scene.receivesPresence("", "");
        scene.after(Duration.ofHours(25));
        scene.receives("<presence from='juliet@chat.example/phone' to='romeo@corp.example'/>");
        assertThat(document().instances()).containsExactly(InstancePresence.of("phone", Availability.AVAILABLE));
    }

    @ParameterizedTest(name = "RFC 6121 section 3: type {0} is {1}")
    @CsvSource({"subscribe,ASK", "subscribed,GRANT", "unsubscribe,GIVE_UP", "unsubscribed,REFUSE"})
    @Specified(
            document = "RFC 6121",
            section = "3.1",
            requirement = "Requests and answers of subscriptions are between bare addresses")
    void theStepsOfAnAuthorizationAreBetweenBareAddresses(String type, Step step) {
        scene.receives("<presence from='juliet@chat.example/balcony' to='romeo@corp.example/desk' type='" + type
                + "'><status>buy now</status></presence>");
        assertThat(scene.event()).isEqualTo(new Event.Authorization(JULIET, ROMEO, step, ""));
        assertThat(scene.sent).isEmpty();
    }

    @Test
    void xep0172ARequestTellsTheNick() {
        scene.receivesPresence("type='subscribe'", "<nick xmlns='http://jabber.org/protocol/nick'>Ju\nliet</nick>");
        assertThat(scene.event()).isEqualTo(new Event.Authorization(JULIET, ROMEO, Step.ASK, "Ju liet"));
    }

    @Test
    void interworking4_12ARequestThatCannotBePutIsReturned() {
        scene.inbox = CompletableFuture.completedFuture(
                DeliveryOutcome.failed(Condition.POLICY_VIOLATION, Reason.LIMIT_EXCEEDED));
        scene.receivesPresence("type='subscribe' id='p1'", "");
        assertThat(scene.stanza())
                .startsWith(
                        "<presence from='romeo@corp.example' to='juliet@chat.example/balcony' id='p1' type='error'>")
                .contains("<policy-violation ");
    }

    @ParameterizedTest(name = "a failed {0} is not answered")
    @CsvSource({"''", "unavailable", "probe", "subscribed", "unsubscribe", "unsubscribed"})
    void interworking4_12NoOtherPresenceIsReturned(String type) {
        scene.inbox =
                CompletableFuture.completedFuture(DeliveryOutcome.failed(Condition.FORBIDDEN, Reason.NOT_AUTHORIZED));
        scene.receivesPresence(type.isEmpty() ? "" : "type='" + type + "'", "");
        assertThat(scene.sent).isEmpty();
    }

    @Test
    void aProbeIsAWatch() {
        scene.receivesPresence("type='probe'", "");
        assertThat(scene.event()).isEqualTo(new Event.Watch(JULIET, ROMEO, true));
    }

    @Test
    void interworking6_7WhoWantsToEnterARoomIsRefused() {
        scene.receivesPresence("id='j1'", "<x xmlns='http://jabber.org/protocol/muc'/>");
        assertThat(scene.stanza()).contains("<service-unavailable ");
        assertThat(scene.brought).isEmpty();
    }

    @Test
    @Specified(document = "RFC 6121", section = "4.7.1", requirement = "Presence has one of seven types or none")
    void interworking5_1AnUnknownTypeIsABadRequest() {
        scene.receivesPresence("type='shout'", "");
        assertThat(scene.stanza()).contains("type='error'", "<bad-request ");
    }

    @ParameterizedTest(name = "interworking 6.4.4: {0} to a request is {1}")
    @CsvSource({"item-not-found,true", "forbidden,true", "remote-server-not-found,false", "resource-constraint,false"})
    void onlyAFinalErrorToARequestRefusesIt(String condition, boolean refused) {
        scene.delivers(new Event.Authorization(ROMEO, JULIET, Step.ASK, ""));
        String id = scene.stanza().replaceFirst("(?s).*id='([^']*)'.*", "$1");
        scene.receivesPresence("type='error' id='" + id + "'", error(condition));
        if (refused) {
            assertThat(scene.event()).isEqualTo(new Event.Authorization(JULIET, ROMEO, Step.REFUSE, ""));
        } else {
            assertThat(scene.brought).isEmpty();
        }
    }

    @Test
    void anErrorToAProbeTakesNoRight() {
        scene.receivesPresence("", "");
        scene.brought.clear();
        scene.receivesPresence("type='error' id='x'", error("item-not-found"));
        assertThat(scene.event()).isEqualTo(new Event.Presence(ROMEO, PresenceDocument.offline(JULIET)));
    }

    private static String error(String condition) {
        return "<error type='cancel'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    }
}
