// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence documents: vectors D1 to D12 of interworking 6.4.7, tables 6.4.1 and 6.4.2, instances of 6.2.9. */
class PidfTest {
    private static final Principal ROMEO = Principal.of("romeo", DomainName.of("corp.example"));

    private static PresenceDocument read(String parts) throws Unmappable {
        return readAs("sip:romeo@corp.example", parts);
    }

    private static PresenceDocument readAs(String entity, String parts) throws Unmappable {
        String document =
                "<presence xmlns='urn:ietf:params:xml:ns:pidf' xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
                        + " xmlns:rp='urn:ietf:params:xml:ns:pidf:rpid' entity='" + entity + "'>" + parts
                        + "</presence>";
        return PidfReader.read(document.getBytes(StandardCharsets.UTF_8), ROMEO);
    }

    private static String tuple(String id, String basic, String more) {
        return "<tuple id='" + id + "'><status><basic>" + basic + "</basic></status>" + more + "</tuple>";
    }

    private static String person(String activity) {
        return "<dm:person id='p'><rp:activities><rp:" + activity + "/></rp:activities></dm:person>";
    }

    private static InstancePresence only(PresenceDocument document) {
        assertThat(document.instances()).hasSize(1);
        return document.instances().get(0);
    }

    @Test
    void d1AnOpenTupleIsAnAvailableInstance() throws Unmappable {
        assertThat(read(tuple("ID-desk", "open", "")).instances())
                .containsExactly(InstancePresence.of("desk", Availability.AVAILABLE));
    }

    @Test
    void d2AClosedTupleIsAnInstanceThatIsNotThere() throws Unmappable {
        assertThat(read(tuple("ID-desk", "open", "") + tuple("ID-cell", "closed", ""))
                        .instances())
                .extracting(InstancePresence::instance, InstancePresence::availability)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("desk", Availability.AVAILABLE),
                        org.assertj.core.groups.Tuple.tuple("cell", Availability.OFFLINE));
    }

    @Test
    void d3WithoutATupleNobodyIsThere() throws Unmappable {
        assertThat(read("").instances()).isEmpty();
    }

    @Test
    void d4WhatThePersonDoesHoldsForEveryTuple() throws Unmappable {
        InstancePresence instance = only(read(tuple("t1", "open", "") + person("on-the-phone")));
        assertThat(instance.instance()).isEqualTo("t1");
        assertThat(instance.availability()).isEqualTo(Availability.ON_PHONE);
    }

    @Test
    void d5AClosedTupleKeepsItsNote() throws Unmappable {
        InstancePresence instance =
                only(read(tuple("t", "closed", "<note xml:lang='en'>On holiday</note>") + person("meeting")));
        assertThat(instance.availability()).isEqualTo(Availability.OFFLINE);
        assertThat(instance.notes()).containsExactly(new Note("en", "On holiday"));
    }

    @ParameterizedTest
    @CsvSource({"foo, AVAILABLE", "away, AWAY", "xa, EXTENDED_AWAY", "chat, CHATTY", "dnd, DO_NOT_DISTURB"})
    void d6OfShowOnlyTheFourWordsCount(String show, Availability availability) throws Unmappable {
        String tuple = "<tuple id='t'><status><basic>open</basic><show xmlns='jabber:client'>" + show
                + "</show></status></tuple>";
        assertThat(only(read(tuple)).availability()).isEqualTo(availability);
    }

    @Test
    void d7ARepeatedTupleSpoilsTheDocument() {
        assertThatThrownBy(() -> read(tuple("t", "open", "") + tuple("t", "closed", "")))
                .isInstanceOf(Unmappable.class);
    }

    @Test
    void d8SomebodyElsesDocumentIsIgnored() {
        assertThatThrownBy(() -> readAs("sip:tybalt@corp.example", tuple("t", "open", "")))
                .isInstanceOf(Unmappable.class);
    }

    @Test
    void d9APriorityIsRoundedUp() throws Unmappable {
        assertThat(only(read(tuple("t", "open", "<contact priority='0.5'>sip:romeo@corp.example</contact>")))
                        .priority())
                .contains(64);
    }

    @Test
    void d11WhatMustBeUnderstoodAndIsNotTakesItsTupleAway() throws Unmappable {
        String strange = "<x xmlns='urn:x' mustUnderstand='1'/>";
        assertThat(read(tuple("a", "open", strange) + tuple("b", "open", "")).instances())
                .extracting(InstancePresence::instance)
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"romeo@corp.example", "pres:romeo@corp.example", "sip:Romeo@CORP.example"})
    void d12AnEntityIsComparedAsAnAddress(String entity) throws Unmappable {
        assertThat(readAs(entity, tuple("t", "open", "")).instances()).hasSize(1);
    }

    @Test
    void theGruuOfAContactIsTheInstance() throws Unmappable { // 6.2.9
        assertThat(only(read(tuple("t", "open", "<contact>sip:romeo@corp.example;gr=desk</contact>")))
                        .instance())
                .isEqualTo("desk");
    }

    @Test
    void aTupleWithoutBasicIsNotThere() throws Unmappable { // 6.4.1 "PIDF basic missing"
        assertThat(only(read("<tuple id='t'><status/></tuple>")).availability()).isEqualTo(Availability.OFFLINE);
    }

    @ParameterizedTest
    @CsvSource({
        "on-the-phone, ON_PHONE",
        "meeting, IN_MEETING",
        "appointment, IN_MEETING",
        "performance, IN_MEETING",
        "presentation, IN_MEETING",
        "busy, BUSY",
        "steering, BUSY",
        "working, AVAILABLE",
        "other, AVAILABLE",
        "unknown, AVAILABLE",
        "away, AWAY",
        "in-transit, AWAY",
        "travel, AWAY",
        "shopping, AWAY",
        "vacation, EXTENDED_AWAY",
        "holiday, EXTENDED_AWAY",
        "permanent-absence, EXTENDED_AWAY",
        "sleeping, EXTENDED_AWAY",
        "worship, EXTENDED_AWAY",
        "breakfast, LUNCH",
        "lunch, LUNCH",
        "dinner, LUNCH",
        "meal, LUNCH",
        "spectator, AVAILABLE",
    })
    void anActivityOfRpidIsAnAvailability(String activity, Availability availability) throws Unmappable { // 6.4.2
        assertThat(only(read(tuple("t", "open", "") + person(activity))).availability())
                .isEqualTo(availability);
    }

    @Test
    void ofSeveralActivitiesTheStrictestCounts() throws Unmappable { // 6.4.2, 2.9 "read both"
        String activities = "<rp:activities><rp:away/></rp:activities>";
        assertThat(only(read(tuple("t", "open", activities) + person("busy"))).availability())
                .isEqualTo(Availability.BUSY);
    }

    @Test
    void whoDoesNotTouchAnythingIsIdle() throws Unmappable {
        InstancePresence instance = only(
                read(
                        tuple("t", "open", "")
                                + "<dm:person id='p'><rp:user-input last-input='2026-03-01T08:00:00Z'>idle</rp:user-input></dm:person>"));
        assertThat(instance.availability()).isEqualTo(Availability.IDLE);
        assertThat(instance.idleSince()).contains(Instant.parse("2026-03-01T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<presence",
                "<!DOCTYPE presence [<!ENTITY a 'b'>]><presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:romeo@corp.example'/>",
                "<presence entity='sip:romeo@corp.example'/>"
            })
    void hostileDocumentsAreIgnored(String document) {
        assertThatThrownBy(() -> PidfReader.read(document.getBytes(StandardCharsets.UTF_8), ROMEO))
                .isInstanceOf(Unmappable.class);
    }

    @Test
    void all128PrioritiesComeBack() throws Unmappable { // 6.4.1
        for (int priority = 0; priority <= 127; priority++) {
            InstancePresence instance = new InstancePresence(
                    "desk", Availability.AVAILABLE, List.of(), Optional.of(priority), Optional.empty());
            assertThat(only(again(instance)).priority()).contains(priority);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "1, 0.007",
        "2, 0.015",
        "5, 0.039",
        "10, 0.078",
        "25, 0.196",
        "50, 0.393",
        "63, 0.496",
        "64, 0.503",
        "100, 0.787",
        "126, 0.992",
        "127, 1.000"
    })
    void aPriorityIsWrittenRoundedDown(int priority, String quality) { // 6.4.1
        assertThat(PidfWriter.quality(priority)).isEqualTo(quality);
    }

    @Test
    void whoTakesNoMessagesIsNotSaidToBeReachable() { // 6.4.1 "negative"
        String xml = PidfWriter.write(new PresenceDocument(
                ROMEO,
                List.of(new InstancePresence(
                        "x", Availability.AVAILABLE, List.of(), Optional.of(-1), Optional.empty()))));
        assertThat(xml).contains("<basic>open</basic>").doesNotContain("<contact");
    }

    @ParameterizedTest
    @CsvSource({
        "AVAILABLE, AVAILABLE",
        "CHATTY, CHATTY",
        "IDLE, AWAY",
        "BUSY, BUSY",
        "ON_PHONE, ON_PHONE",
        "IN_MEETING, IN_MEETING",
        "DO_NOT_DISTURB, BUSY",
        "BE_RIGHT_BACK, AWAY",
        "AWAY, AWAY",
        "EXTENDED_AWAY, EXTENDED_AWAY",
        "LUNCH, LUNCH",
        "OFFLINE, OFFLINE",
        "INVISIBLE, OFFLINE"
    })
    void anAvailabilityComesBackAsFarAsPidfCanSayIt(Availability written, Availability read) throws Unmappable {
        assertThat(only(again(InstancePresence.of("desk", written))).availability())
                .isEqualTo(read);
    }

    private static PresenceDocument again(InstancePresence instance) throws Unmappable {
        String xml = PidfWriter.write(new PresenceDocument(ROMEO, List.of(instance)));
        return PidfReader.read(xml.getBytes(StandardCharsets.UTF_8), ROMEO);
    }

    @Test
    void whatPeopleWriteCannotBreakTheDocument() throws Unmappable {
        Note note = new Note("en", "<&\"'>\u0001 ü 😀");
        InstancePresence instance =
                new InstancePresence("a<b", Availability.AWAY, List.of(note), Optional.empty(), Optional.empty());
        assertThat(only(again(instance)).notes()).containsExactly(new Note("en", "<&\"'> ü 😀"));
    }

    @ParameterizedTest
    @CsvSource({
        "balcony, ID-balcony",
        "my phone/2, ID--254b6b43ca335c871ec55f1db00e9cc6",
        "балкон, ID--1c0c90d1f4b681144489ef3ab267d9f3",
        "a:b, ID--6783a31eabf68ccc0660f935c0826282"
    })
    void anInstanceHasATupleOfItsName(String instance, String id) { // 6.2.9
        assertThat(PidfWriter.tupleId(instance)).isEqualTo(id);
    }

    @Test
    void whoIsNotSignedInHasOneClosedTuple() throws Unmappable {
        String xml = PidfWriter.write(PresenceDocument.offline(ROMEO));
        assertThat(only(PidfReader.read(xml.getBytes(StandardCharsets.UTF_8), ROMEO))
                        .availability())
                .isEqualTo(Availability.OFFLINE);
    }
}
