// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.lib.jainsip.XmlCharacters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Writes the presence of people outside in the formats of Lync and its forerunners, which know one state for all
 * instances of a person: that of the foremost (interworking 3.9, 6.4.2).
 */
public final class LyncPresenceWriter {
    private static final int OFFLINE = 18_500;
    private static final int BUSY = 6500;
    private static final int DO_NOT_DISTURB = 9500;
    private final boolean heldBack;

    /**
     * Writes by one rule.
     *
     * @param heldBack whether not to be disturbed is said as such, in which state Lync holds messages back, and not as busy
     */
    public LyncPresenceWriter(boolean heldBack) {
        this.heldBack = heldBack;
    }

    /**
     * Writes a document.
     *
     * @param type one of the media types of {@link LyncPresence}
     * @param version higher than in the document before
     */
    public String write(String type, PresenceDocument document, long version, Instant now) {
        Optional<InstancePresence> foremost = PidfWriter.foremost(document);
        Availability availability = foremost.map(InstancePresence::availability).orElse(Availability.OFFLINE);
        String note = foremost.or(() -> document.instances().stream().findFirst()).stream()
                .flatMap(instance -> instance.notes().stream())
                .map(Note::text)
                .findFirst()
                .orElse("");
        String uri = SipAddresses.uri(document.presentity());
        return switch (type) {
            case LyncPresence.CATEGORIES -> categories(uri, availability, note, version, now);
            case LyncPresence.MSRTC_PIDF -> msrtc(uri, availability, note);
            case LyncPresence.XPIDF -> xpidf(uri, availability);
            default -> throw new IllegalArgumentException("no format of Lync: " + type);
        };
    }

    private String categories(String uri, Availability availability, String note, long version, Instant now) {
        StringBuilder xml = new StringBuilder(1024)
                .append("<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"");
        XmlCharacters.escape(xml, uri).append("\">");
        String common = "\" publishTime=\"" + now.truncatedTo(ChronoUnit.MILLIS) + "\" container=\"100\" version=\""
                + version + "\" expireType=\"endpoint\">";
        xml.append("<category name=\"state\" instance=\"1").append(common);
        xml.append("<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\"")
                .append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"aggregateState\">")
                .append("<availability>")
                .append(number(availability))
                .append("</availability>");
        token(availability)
                .ifPresent(
                        token -> xml.append("<activity token=\"").append(token).append("\"/>"));
        xml.append("</state></category>");
        xml.append("<category name=\"note\" instance=\"0").append(common);
        xml.append("<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">");
        if (!note.isEmpty()) {
            XmlCharacters.escape(xml.append("<body type=\"personal\" uri=\"\">"), note)
                    .append("</body>");
        }
        return xml.append("</note></category></categories>").toString();
    }

    private String msrtc(String uri, Availability availability, String note) {
        StringBuilder xml = new StringBuilder(512)
                .append("<presentity xmlns=\"http://schemas.microsoft.com/2002/09/sip/presence\" uri=\"");
        XmlCharacters.escape(xml, uri.substring("sip:".length())).append("\">");
        xml.append("<availability aggregate=\"")
                .append(availability.isOnline() ? 300 : 0)
                .append("\"/><activity aggregate=\"")
                .append(activity(availability))
                .append("\"/><userInfo><states><state avail=\"")
                .append(number(availability))
                .append("\"/></states>");
        if (!note.isEmpty()) {
            XmlCharacters.escape(xml.append("<note>"), note).append("</note>");
        }
        return xml.append("</userInfo></presentity>").toString();
    }

    private static String xpidf(String uri, Availability availability) {
        StringBuilder xml = new StringBuilder(256).append("<?xml version=\"1.0\"?>\r\n<presence><presentity uri=\"");
        XmlCharacters.escape(xml, uri).append("\"/><atom id=\"1\"><address uri=\"");
        XmlCharacters.escape(xml, uri).append("\"><status status=\"").append(status(availability));
        return xml.append("\"/>")
                .append(substatus(availability)
                        .map(detail -> "<msnsubstatus substatus=\"" + detail + "\"/>")
                        .orElse(""))
                .append("</address></atom></presence>")
                .toString();
    }

    /** Returns the value on Lync's scale that is published for an availability. */
    int number(Availability availability) {
        return switch (availability) {
            case OFFLINE, INVISIBLE -> OFFLINE;
            case AVAILABLE, CHATTY -> 3500;
            case IDLE -> 5000;
            case BUSY, ON_PHONE, IN_MEETING -> BUSY;
            case DO_NOT_DISTURB -> heldBack ? DO_NOT_DISTURB : BUSY;
            case BE_RIGHT_BACK -> 12_500;
            case AWAY, EXTENDED_AWAY, LUNCH -> 15_500;
        };
    }

    private static Optional<String> token(Availability availability) {
        return Optional.ofNullable(
                switch (availability) {
                    case ON_PHONE -> "on-the-phone";
                    case IN_MEETING -> "in-a-meeting";
                    case LUNCH -> "out-to-lunch";
                    default -> null;
                });
    }

    private static int activity(Availability availability) {
        return switch (availability) {
            case OFFLINE, INVISIBLE -> 0;
            case AVAILABLE, CHATTY -> 400;
            case IDLE -> 200;
            case BE_RIGHT_BACK -> 300;
            case ON_PHONE -> 500;
            case BUSY, IN_MEETING, DO_NOT_DISTURB -> 600;
            case LUNCH -> 150;
            case AWAY, EXTENDED_AWAY -> 100;
        };
    }

    private static String status(Availability availability) {
        return switch (availability) {
            case OFFLINE, INVISIBLE -> "closed";
            case AVAILABLE, CHATTY -> "open";
            case BUSY, ON_PHONE, IN_MEETING, DO_NOT_DISTURB -> "inuse";
            case IDLE, BE_RIGHT_BACK, AWAY, EXTENDED_AWAY, LUNCH -> "inactive";
        };
    }

    private static Optional<String> substatus(Availability availability) {
        return Optional.ofNullable(
                switch (availability) {
                    case OFFLINE, INVISIBLE -> null;
                    case AVAILABLE, CHATTY -> "online";
                    case IDLE -> "idle";
                    case BUSY, IN_MEETING, DO_NOT_DISTURB -> "busy";
                    case ON_PHONE -> "onthephone";
                    case BE_RIGHT_BACK -> "berightback";
                    case LUNCH -> "outtolunch";
                    case AWAY, EXTENDED_AWAY -> "away";
                });
    }
}
