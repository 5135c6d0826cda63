// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.jainsip.XmlBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The presence formats of Lync and its forerunners, and its scale of availability (interworking 3.9), as they are
 * read in case a server sends them unasked: the gateway asks for PIDF. Namespaces are not compared, since they differ by
 * version.
 */
public final class LyncPresence {
    /** The format of Live Communications Server. */
    public static final String MSRTC_PIDF = "text/xml+msrtc.pidf";

    /** The format of Office Communications Server and Lync. */
    public static final String CATEGORIES = "application/msrtc-event-categories+xml";

    /** The oldest format. */
    public static final String XPIDF = "application/xpidf+xml";

    private LyncPresence() {}

    /**
     * Reads a document.
     *
     * @param type its media type
     * @throws Unmappable if it is none of these, malformed, or somebody else's
     */
    public static PresenceDocument read(String type, byte[] octets, Principal presentity) throws Unmappable {
        Element root;
        try {
            root = XmlBody.parse(octets).getDocumentElement();
        } catch (IOException malformed) {
            throw new Unmappable(400, "Malformed Presence Document");
        }
        return switch (type.toLowerCase(Locale.ROOT)) {
            case MSRTC_PIDF -> {
                PidfReader.requireEntity(root.getAttribute("uri"), presentity);
                yield document(presentity, msrtc(root), notes(root));
            }
            case CATEGORIES -> {
                PidfReader.requireEntity(root.getAttribute("uri"), presentity);
                yield document(presentity, categories(root), notes(root));
            }
            case XPIDF -> document(presentity, xpidf(root), List.of());
            default -> throw new Unmappable(415, "Unsupported Media Type");
        };
    }

    private static PresenceDocument document(Principal presentity, Availability availability, List<Note> notes) {
        return availability.isOnline()
                ? new PresenceDocument(
                        presentity,
                        List.of(new InstancePresence("", availability, notes, Optional.empty(), Optional.empty())))
                : PresenceDocument.offline(presentity);
    }

    private static List<Element> all(Element root, String localName) {
        NodeList found = root.getElementsByTagNameNS("*", localName);
        List<Element> elements = new ArrayList<>(found.getLength());
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<Note> notes(Element root) {
        return all(root, "note").stream()
                .map(note -> note.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .limit(1)
                .map(text -> new Note("", text))
                .toList();
    }

    private static Availability msrtc(Element root) {
        Optional<Integer> chosen = all(root, "state").stream()
                .flatMap(state -> number(state.getAttribute("avail")).stream())
                .max(Integer::compare);
        if (chosen.isPresent()) {
            return ofNumber(chosen.get(), "");
        }
        int availability = all(root, "availability").stream()
                .flatMap(found -> number(found.getAttribute("aggregate")).stream())
                .findFirst()
                .orElse(0);
        int activity = all(root, "activity").stream()
                .flatMap(found -> number(found.getAttribute("aggregate")).stream())
                .findFirst()
                .orElse(0);
        return availability < 100 ? Availability.OFFLINE : ofActivity(activity);
    }

    private static Availability ofActivity(int activity) {
        return switch (activity / 100) {
            case 1 -> activity >= 150 ? Availability.LUNCH : Availability.AWAY;
            case 2 -> Availability.IDLE;
            case 3 -> Availability.BE_RIGHT_BACK;
            case 4, 8 -> Availability.AVAILABLE;
            case 5 -> Availability.ON_PHONE;
            case 6 -> Availability.BUSY;
            default -> Availability.AWAY;
        };
    }

    private static Availability categories(Element root) {
        return all(root, "state").stream()
                .flatMap(state -> XmlBody.child(state, "availability")
                        .flatMap(value -> number(value.getTextContent().strip()))
                        .map(value -> ofNumber(
                                value,
                                XmlBody.child(state, "activity")
                                        .map(activity -> activity.getAttribute("token"))
                                        .orElse("")))
                        .stream())
                .findFirst()
                .orElse(Availability.OFFLINE);
    }

    private static Availability xpidf(Element root) {
        String status = all(root, "status").stream()
                .map(found -> found.getAttribute("status"))
                .findFirst()
                .orElse("closed");
        String detail = all(root, "msnsubstatus").stream()
                .map(found -> found.getAttribute("substatus"))
                .findFirst()
                .orElse("");
        if (status.equals("closed")) {
            return Availability.OFFLINE;
        }
        return switch (detail) {
            case "onthephone" -> Availability.ON_PHONE;
            case "away" -> Availability.AWAY;
            case "outtolunch" -> Availability.LUNCH;
            case "berightback" -> Availability.BE_RIGHT_BACK;
            case "busy" -> Availability.BUSY;
            case "idle" -> Availability.IDLE;
            default ->
                status.equals("inuse")
                        ? Availability.BUSY
                        : status.equals("inactive") ? Availability.IDLE : Availability.AVAILABLE;
        };
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,6}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    /**
     * Returns what a number on Lync's scale means.
     *
     * @param token the activity's token, which says more than the number; may be empty
     */
    public static Availability ofNumber(int number, String token) {
        Availability range = range(number);
        return switch (token) {
            case "on-the-phone" -> refined(range, Availability.ON_PHONE);
            case "in-a-meeting", "in-a-conference", "in-presentation" -> refined(range, Availability.IN_MEETING);
            case "out-of-office", "off-work" -> refined(range, Availability.EXTENDED_AWAY);
            case "out-to-lunch" -> refined(range, Availability.LUNCH);
            case "urgent-interruptions-only" -> refined(range, Availability.DO_NOT_DISTURB);
            default -> range;
        };
    }

    private static Availability refined(Availability range, Availability detail) {
        return range.isOnline() ? detail : range;
    }

    private static Availability range(int number) {
        if (number < 3000 || number >= 18_000) {
            return Availability.OFFLINE;
        }
        if (number < 4500) {
            return Availability.AVAILABLE;
        }
        if (number < 6000) {
            return Availability.IDLE;
        }
        if (number < 9000) {
            return Availability.BUSY;
        }
        if (number < 12_000) {
            return Availability.DO_NOT_DISTURB;
        }
        return number < 15_000 ? Availability.BE_RIGHT_BACK : Availability.AWAY;
    }
}
