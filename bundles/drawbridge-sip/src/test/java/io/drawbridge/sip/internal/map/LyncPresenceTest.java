// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lync's presence formats and numbers: interworking 3.9. */
class LyncPresenceTest {
    private static final Principal BOB = Principal.of("bob", DomainName.of("corp.example"));

    private static Availability read(String type, String document) throws Unmappable {
        PresenceDocument read = LyncPresence.read(type, document.getBytes(StandardCharsets.UTF_8), BOB);
        return read.instances().isEmpty()
                ? Availability.OFFLINE
                : read.instances().get(0).availability();
    }

    @ParameterizedTest
    @CsvSource({
        "0, OFFLINE",
        "2999, OFFLINE",
        "3000, AVAILABLE",
        "3500, AVAILABLE",
        "4499, AVAILABLE",
        "4500, IDLE",
        "5999, IDLE",
        "6000, BUSY",
        "7499, BUSY",
        "7500, BUSY",
        "8999, BUSY",
        "9000, DO_NOT_DISTURB",
        "11999, DO_NOT_DISTURB",
        "12000, BE_RIGHT_BACK",
        "14999, BE_RIGHT_BACK",
        "15000, AWAY",
        "17999, AWAY",
        "18000, OFFLINE",
        "18500, OFFLINE"
    })
    void aNumberIsAnAvailability(int number, Availability availability) {
        assertThat(LyncPresence.ofNumber(number, "")).isEqualTo(availability);
    }

    @ParameterizedTest
    @CsvSource({
        "6500, on-the-phone, ON_PHONE",
        "6500, in-a-meeting, IN_MEETING",
        "6500, in-a-conference, IN_MEETING",
        "9500, in-presentation, IN_MEETING",
        "9500, urgent-interruptions-only, DO_NOT_DISTURB",
        "15500, out-of-office, EXTENDED_AWAY",
        "15500, off-work, EXTENDED_AWAY",
        "15500, out-to-lunch, LUNCH",
        "18500, on-the-phone, OFFLINE"
    })
    void aTokenSaysMore(int number, String token, Availability availability) {
        assertThat(LyncPresence.ofNumber(number, token)).isEqualTo(availability);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, OFFLINE", "300, 100, AWAY", "300, 150, LUNCH", "300, 200, IDLE", "300, 300, BE_RIGHT_BACK",
        "300, 400, AVAILABLE", "300, 500, ON_PHONE", "300, 600, BUSY", "300, 700, AWAY", "300, 800, AVAILABLE"
    })
    void theOldAggregatesAreRead(int availability, int activity, Availability read) throws Unmappable {
        assertThat(read(
                        LyncPresence.MSRTC_PIDF,
                        "<presentity uri='bob@corp.example'><availability aggregate='" + availability
                                + "'/><activity aggregate='" + activity + "'/></presentity>"))
                .isEqualTo(read);
    }

    @Test
    void theStateOnLyncsScaleOutranksThem() throws Unmappable {
        assertThat(read(
                        LyncPresence.MSRTC_PIDF,
                        "<presentity uri='bob@corp.example'><activity aggregate='400'/><userInfo><states>"
                                + "<state avail='6500'/></states></userInfo></presentity>"))
                .isEqualTo(Availability.BUSY);
    }

    @Test
    void categoriesAreRead() throws Unmappable {
        assertThat(read(
                        LyncPresence.CATEGORIES,
                        "<categories uri='sip:bob@corp.example'><category name='state' instance='1'><state>"
                                + "<availability>6500</availability><activity token='on-the-phone'/></state>"
                                + "</category></categories>"))
                .isEqualTo(Availability.ON_PHONE);
    }

    @ParameterizedTest
    @CsvSource({
        "closed, '', OFFLINE", "open, online, AVAILABLE", "open, onthephone, ON_PHONE", "open, away, AWAY",
        "open, outtolunch, LUNCH", "open, berightback, BE_RIGHT_BACK", "open, busy, BUSY", "open, idle, IDLE",
        "inuse, '', BUSY", "inactive, '', IDLE"
    })
    void xpidfIsRead(String status, String detail, Availability availability) throws Unmappable {
        assertThat(read(
                        LyncPresence.XPIDF,
                        "<presence><presentity uri='bob@corp.example'/><atom id='1'><address uri='bob@corp.example'>"
                                + "<status status='" + status + "'/><msnsubstatus substatus='" + detail
                                + "'/></address></atom></presence>"))
                .isEqualTo(availability);
    }

    @Test
    void somebodyElsesDocumentIsIgnored() {
        assertThatThrownBy(() -> read(LyncPresence.CATEGORIES, "<categories uri='sip:eve@corp.example'/>"))
                .isInstanceOf(Unmappable.class);
        assertThatThrownBy(() -> read("text/plain", "<x/>")).isInstanceOf(Unmappable.class);
    }
}
