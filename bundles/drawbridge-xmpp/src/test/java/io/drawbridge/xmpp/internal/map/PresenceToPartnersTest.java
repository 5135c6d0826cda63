// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import static io.drawbridge.xmpp.internal.map.Scene.JULIET;
import static io.drawbridge.xmpp.internal.map.Scene.ROMEO;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Event.Step;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.testbed.Specified;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6121 sections 3 and 4, RFC 8048, the model to XMPP. */
final class PresenceToPartnersTest {
    private final Scene scene = new Scene();

    private List<String> shows(InstancePresence... instances) {
        scene.sent.clear();
        scene.delivers(new Event.Presence(JULIET, new PresenceDocument(ROMEO, List.of(instances))));
        return scene.sent.stream()
                .map(OutgoingStanza::xml)
                .map(xml -> xml.replaceFirst(" id='[^']*'", ""))
                .toList();
    }

    private static InstancePresence at(String instance, Availability availability) {
        return InstancePresence.of(instance, availability);
    }

    @ParameterizedTest(name = "interworking 6.4.2: {0} is {1}")
    @CsvSource({
        "AVAILABLE,",
        "CHATTY,<show>chat</show>",
        "IDLE,<show>away</show>",
        "BUSY,<show>dnd</show>",
        "ON_PHONE,<status>On the phone</status><show>dnd</show>",
        "IN_MEETING,<status>In a meeting</status><show>dnd</show>",
        "DO_NOT_DISTURB,<show>dnd</show>",
        "BE_RIGHT_BACK,<show>away</show>",
        "AWAY,<show>away</show>",
        "EXTENDED_AWAY,<show>xa</show>",
        "LUNCH,<show>away</show>"
    })
    @Specified(document = "RFC 8048", section = "6.3", requirement = "Availability to show")
    void theAvailabilityIsTheShowElement(Availability availability, String content) {
        String head = "<presence to='juliet@chat.example' from='romeo@corp.example/desk'";
        assertThat(shows(at("desk", availability)))
                .containsExactly(content == null ? head + "/>" : head + ">" + content + "</presence>");
    }

    @ParameterizedTest(name = "interworking 6.4.2: {0} is unavailable")
    @CsvSource({"OFFLINE", "INVISIBLE"})
    void whoIsNotToBeSeenIsUnavailable(Availability availability) {
        shows(at("desk", Availability.AVAILABLE));
        assertThat(shows(at("desk", availability)))
                .containsExactly(
                        "<presence to='juliet@chat.example' from='romeo@corp.example/desk' type='unavailable'/>");
    }

    @Test
    void notesPriorityAndIdleTimeCross() {
        InstancePresence presence = new InstancePresence(
                "desk",
                Availability.AWAY,
                List.of(new Note("en", "back <at> 3"), new Note("", "um drei")),
                Optional.of(-1),
                Optional.of(Instant.parse("2026-03-01T11:00:00Z")));
        assertThat(shows(presence).get(0))
                .contains("<status xml:lang='en'>back &lt;at> 3</status>", "<status>um drei</status>")
                .contains("<priority>-1</priority>")
                .contains("<idle xmlns='urn:xmpp:idle:1' since='2026-03-01T11:00:00.000+00:00'/>")
                .doesNotContain("jabber:client");
    }

    @Test
    @Specified(
            document = "RFC 8048",
            section = "6.3",
            requirement = "One stanza for each instance whose presence changed")
    void rfc8048OnlyWhatChangedIsSent() {
        shows(at("desk", Availability.AVAILABLE), at("cell", Availability.AWAY));
        assertThat(shows(at("desk", Availability.AVAILABLE), at("cell", Availability.AWAY)))
                .isEmpty();
        assertThat(shows(at("desk", Availability.BUSY), at("cell", Availability.AWAY)))
                .singleElement()
                .asString()
                .contains("/desk'", "<show>dnd</show>");
    }

    @Test
    void d2AClosedInstanceIsUnavailableOnlyIfItWasAvailable() {
        assertThat(shows(at("desk", Availability.AVAILABLE), at("cell", Availability.OFFLINE)))
                .singleElement()
                .asString()
                .contains("/desk'");
    }

    @Test
    void d3WithoutInstancesEveryOneSeenIsUnavailable() {
        shows(at("desk", Availability.AVAILABLE), at("cell", Availability.AWAY));
        assertThat(shows()).hasSize(2).allMatch(xml -> xml.contains("type='unavailable'"));
        assertThat(shows()).isEmpty();
    }

    @Test
    void d5AClosedInstanceWithANoteIsUnavailableWithItsStatus() {
        assertThat(shows(new InstancePresence(
                        "desk",
                        Availability.OFFLINE,
                        List.of(new Note("", "On holiday")),
                        Optional.empty(),
                        Optional.empty())))
                .containsExactly("<presence to='juliet@chat.example' from='romeo@corp.example/desk' type='unavailable'>"
                        + "<status>On holiday</status></presence>");
    }

    @Test
    void d10AnInstanceThatDisappearsIsUnavailable() {
        shows(at("desk", Availability.AVAILABLE), at("cell", Availability.AWAY));
        assertThat(shows(at("desk", Availability.AVAILABLE)))
                .singleElement()
                .asString()
                .contains("/cell'", "type='unavailable'");
    }

    @Test
    void interworking5_5AProbeIsAnsweredWithAllThatIsKnown() {
        shows(at("desk", Availability.AVAILABLE));
        scene.receivesPresence("type='probe'", "");
        assertThat(shows(at("desk", Availability.AVAILABLE))).hasSize(1);
        assertThat(shows(at("desk", Availability.AVAILABLE))).isEmpty();
    }

    @Test
    void interworking5_5AProbeOfSomebodyWithoutInstancesIsAnsweredFromTheBareAddress() {
        scene.receivesPresence("type='probe'", "");
        assertThat(shows())
                .containsExactly("<presence to='juliet@chat.example' from='romeo@corp.example' type='unavailable'/>");
    }

    @Test
    void anInstanceThatNoResourceCanNameSpeaksFromTheBareAddress() {
        assertThat(shows(at("a\u200Db", Availability.AVAILABLE)))
                .containsExactly("<presence to='juliet@chat.example' from='romeo@corp.example'/>");
    }

    @ParameterizedTest(name = "RFC 6121 section 3: {0} is type {1}")
    @CsvSource({"ASK,subscribe", "GRANT,subscribed", "GIVE_UP,unsubscribe", "REFUSE,unsubscribed"})
    void theStepsOfAnAuthorizationGoBetweenBareAddresses(Step step, String type) {
        scene.delivers(new Event.Authorization(ROMEO, JULIET, step, ""));
        assertThat(scene.stanza())
                .contains("from='romeo@corp.example'", "to='juliet@chat.example'", "type='" + type + "'");
    }

    /** Interworking 6.4.3: "408/5xx/transport: after 24 h X error remote-server-timeout". */
    @Test
    void whoAskedIsToldByAnErrorThatWaitsThatNobodyCouldBeAsked() {
        scene.delivers(new Event.Unreachable(ROMEO, JULIET));
        assertThat(scene.stanza())
                .startsWith("<presence ")
                .contains("from='romeo@corp.example'", "to='juliet@chat.example'", "type='error'", "<error ")
                .contains("type='wait'", "<remote-server-timeout ");
    }

    @Test
    void xep0172ARequestTellsTheNick() {
        scene.delivers(new Event.Authorization(ROMEO, JULIET, Step.ASK, "Romeo M."));
        assertThat(scene.stanza()).contains("<nick xmlns='http://jabber.org/protocol/nick'>Romeo M.</nick>");
    }

    @ParameterizedTest(name = "RFC 6121 section 3.{0}")
    @CsvSource({"2.2: cancelling,REFUSE", "3.3: unsubscribing,GIVE_UP"})
    void whoLosesTheRightIsToldThatNobodyIsThere(String section, Step step) {
        shows(at("desk", Availability.AVAILABLE));
        scene.sent.clear();
        if (step == Step.REFUSE) {
            scene.delivers(new Event.Authorization(ROMEO, JULIET, step, ""));
        } else {
            scene.receivesPresence("type='unsubscribe'", "");
        }
        assertThat(scene.sent.get(0).xml()).contains("from='romeo@corp.example/desk'", "type='unavailable'");
    }

    @Test
    @Specified(document = "RFC 6121", section = "4.3", requirement = "A server asks for presence by a probe")
    void aWatchBeginsWithAProbe() {
        scene.delivers(new Event.Watch(ROMEO, JULIET, true));
        assertThat(scene.stanza()).contains("from='romeo@corp.example'", "to='juliet@chat.example'", "type='probe'");
    }

    @Test
    @Specified(
            document = "RFC 8048",
            section = "5.3.3",
            requirement = "A subscription that ends is told by unavailable presence")
    void rfc8048Section5_3_3AWatchEndsWithUnavailable() {
        scene.delivers(new Event.Watch(ROMEO, JULIET, false));
        assertThat(scene.stanza()).contains("from='romeo@corp.example'", "type='unavailable'");
    }

    @Test
    void interworking6_4_4WhoIsSeenByRightStaysThereWhenItsWatchEnds() {
        shows(at("desk", Availability.AVAILABLE));
        scene.sent.clear();
        scene.delivers(new Event.Watch(ROMEO, JULIET, false));
        assertThat(scene.sent).isEmpty();
    }
}
