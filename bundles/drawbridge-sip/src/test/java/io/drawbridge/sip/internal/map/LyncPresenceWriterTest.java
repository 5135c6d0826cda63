// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presence of people outside in Lync's formats: interworking 3.9 and the Lync column of 6.4.2. */
class LyncPresenceWriterTest {
    private static final Principal JULIET = Principal.of("juliet", DomainName.of("chat.example"));
    private static final Instant NOW = Instant.parse("2024-05-01T10:00:00.123456Z");
    private final LyncPresenceWriter writer = new LyncPresenceWriter(false);

    private static PresenceDocument document(InstancePresence... instances) {
        return new PresenceDocument(JULIET, Arrays.asList(instances));
    }

    private static InstancePresence at(String name, Availability availability, int priority, String note) {
        List<Note> notes = note.isEmpty() ? List.of() : List.of(new Note("en", note), new Note("de", "anders"));
        return new InstancePresence(name, availability, notes, Optional.of(priority), Optional.empty());
    }

    private PresenceDocument back(String type, PresenceDocument document) throws Unmappable {
        return LyncPresence.read(type, writer.write(type, document, 1, NOW).getBytes(StandardCharsets.UTF_8), JULIET);
    }

    /** Every row of 6.4.2, with the token where the row says "+ token". */
    @ParameterizedTest
    @CsvSource({
        "OFFLINE, 18500, ''",
        "AVAILABLE, 3500, ''",
        "CHATTY, 3500, ''",
        "IDLE, 5000, ''",
        "BUSY, 6500, ''",
        "ON_PHONE, 6500, on-the-phone",
        "IN_MEETING, 6500, in-a-meeting",
        "DO_NOT_DISTURB, 6500, ''",
        "BE_RIGHT_BACK, 12500, ''",
        "AWAY, 15500, ''",
        "EXTENDED_AWAY, 15500, ''",
        "LUNCH, 15500, out-to-lunch",
        "INVISIBLE, 18500, ''"
    })
    void anAvailabilityIsANumberAndATokenWhereThatSaysMore(Availability availability, int number, String token) {
        String written =
                writer.write(LyncPresence.CATEGORIES, document(InstancePresence.of("a", availability)), 1, NOW);

        assertThat(written).contains("<availability>" + number + "</availability>");
        assertThat(written.contains("token=\"" + token + "\"")).isEqualTo(!token.isEmpty());
    }

    /** "dnd to 6500 by default, 9500 if configured": Lync holds messages back from whoever is not to be disturbed. */
    @Test
    void notToBeDisturbedIsSaidAsSuchIfConfigured() {
        assertThat(new LyncPresenceWriter(true).number(Availability.DO_NOT_DISTURB))
                .isEqualTo(9500);
    }

    @ParameterizedTest
    @CsvSource({
        "OFFLINE, OFFLINE, OFFLINE, OFFLINE",
        "AVAILABLE, AVAILABLE, AVAILABLE, AVAILABLE",
        "IDLE, IDLE, IDLE, IDLE",
        "BUSY, BUSY, BUSY, BUSY",
        "ON_PHONE, ON_PHONE, BUSY, ON_PHONE",
        "BE_RIGHT_BACK, BE_RIGHT_BACK, BE_RIGHT_BACK, BE_RIGHT_BACK",
        "AWAY, AWAY, AWAY, AWAY",
        "LUNCH, LUNCH, AWAY, LUNCH"
    })
    void whatIsWrittenIsRead(Availability said, Availability categories, Availability msrtc, Availability xpidf)
            throws Unmappable {
        PresenceDocument document = document(InstancePresence.of("a", said));

        assertThat(seen(back(LyncPresence.CATEGORIES, document))).isEqualTo(categories);
        assertThat(seen(back(LyncPresence.MSRTC_PIDF, document))).isEqualTo(msrtc);
        assertThat(seen(back(LyncPresence.XPIDF, document))).isEqualTo(xpidf);
    }

    private static Availability seen(PresenceDocument read) {
        return read.instances().isEmpty()
                ? Availability.OFFLINE
                : read.instances().get(0).availability();
    }

    @ParameterizedTest
    @ValueSource(strings = {LyncPresence.CATEGORIES, LyncPresence.MSRTC_PIDF})
    void theForemostInstanceSpeaksForThePersonAndItsNoteIsShown(String type) throws Unmappable {
        PresenceDocument read = back(
                type,
                document(
                        at("phone", Availability.AWAY, 0, "phone's"),
                        at("desk", Availability.BUSY, 5, "<b>&\"deadline\""),
                        at("gone", Availability.OFFLINE, 9, "")));

        assertThat(seen(read)).isEqualTo(Availability.BUSY);
        assertThat(read.instances().get(0).notes()).containsExactly(new Note("", "<b>&\"deadline\""));
    }

    @Test
    void theOldFormatNamesThePersonWithoutScheme() {
        assertThat(writer.write(LyncPresence.MSRTC_PIDF, document(), 1, NOW))
                .contains(" uri=\"juliet@chat.example\"")
                .contains("<availability aggregate=\"0\"/>");
    }

    @Test
    void aLaterDocumentHasAHigherVersion() {
        assertThat(writer.write(LyncPresence.CATEGORIES, document(), 7, NOW))
                .contains("version=\"7\"")
                .contains("publishTime=\"2024-05-01T10:00:00.123Z\"")
                .as("what was noted before is no longer there")
                .contains("<category name=\"note\"");
    }
}
