// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.lib.jainsip.XmlBody;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;

/**
 * Reads presence documents of the home: PIDF (RFC 3863) with the data model of RFC 4479 and RPID (RFC 4480), by the
 * tables of interworking 6.4.1 and 6.4.2.
 */
public final class PidfReader {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/pidf+xml";

    static final String PIDF = "urn:ietf:params:xml:ns:pidf";
    static final String DATA_MODEL = "urn:ietf:params:xml:ns:pidf:data-model";
    static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";
    static final String JABBER = "jabber:client";
    static final String ID_PREFIX = "ID-";
    private static final Set<String> UNDERSTOOD = Set.of(PIDF, DATA_MODEL, RPID, JABBER);
    private static final int MOST_PARTS = 50;
    private static final int LARGEST_PRIORITY = 127;

    /** RFC 3863 section 4.1.5: not every decimal number, whose exponent alone could take all memory. */
    private static final Pattern QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private final Element root;
    private final Principal presentity;
    private final List<String> personActivities = new ArrayList<>();
    private final List<Note> commonNotes = new ArrayList<>();
    private Optional<Instant> personIdle = Optional.empty();
    private boolean personIsIdle;

    private PidfReader(Element root, Principal presentity) {
        this.root = root;
        this.presentity = presentity;
    }

    /**
     * Reads a document.
     *
     * @param presentity whose presence it must be
     * @throws Unmappable if it is no sound document, or somebody else's; it is ignored as a whole then
     */
    public static PresenceDocument read(byte[] octets, Principal presentity) throws Unmappable {
        Element root;
        try {
            root = XmlBody.parse(octets).getDocumentElement();
        } catch (IOException malformed) {
            throw new Unmappable(400, "Malformed Presence Document");
        }
        if (!XmlBody.is(root, PIDF, "presence") || XmlBody.children(root).size() > MOST_PARTS) {
            throw new Unmappable(400, "No Presence Document");
        }
        requireEntity(root.getAttribute("entity"), presentity);
        return new PidfReader(root, presentity).read();
    }

    static void requireEntity(String entity, Principal presentity) throws Unmappable {
        String uri = entity.matches("(?i)(sips?|pres|im):.*") ? entity : "sip:" + entity;
        if (!SipAddresses.of(uri.replaceFirst("(?i)^sips:", "sip:")).principal().equals(presentity)) {
            throw new Unmappable(400, "Somebody Else's Presence Document");
        }
    }

    private PresenceDocument read() throws Unmappable {
        readCommon();
        Map<String, InstancePresence> instances = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>();
        for (Element tuple : XmlBody.children(root)) {
            if (!XmlBody.is(tuple, PIDF, "tuple")) {
                continue;
            }
            if (!ids.add(tuple.getAttribute("id"))) {
                throw new Unmappable(400, "Repeated Tuple");
            }
            if (isUnderstood(tuple)) {
                InstancePresence instance = instance(tuple);
                instances.putIfAbsent(instance.instance(), instance);
            }
        }
        return new PresenceDocument(presentity, List.copyOf(instances.values()));
    }

    private void readCommon() {
        for (Element child : XmlBody.children(root)) {
            if (XmlBody.is(child, PIDF, "note")) {
                commonNotes.add(note(child));
            } else if (XmlBody.is(child, DATA_MODEL, "person")) {
                personActivities.addAll(activities(child));
                XmlBody.children(child).stream()
                        .filter(part -> "note".equals(part.getLocalName()))
                        .forEach(part -> commonNotes.add(note(part)));
                XmlBody.child(child, "user-input")
                        .filter(input -> input.getTextContent().strip().equals("idle"))
                        .ifPresent(input -> {
                            personIsIdle = true;
                            personIdle = instant(input.getAttribute("last-input"));
                        });
            }
        }
    }

    /** RFC 3863 section 4.2.4: what must be understood and is not takes the tuple with it. */
    private static boolean isUnderstood(Element tuple) {
        List<Element> parts = new ArrayList<>(XmlBody.children(tuple));
        XmlBody.child(tuple, "status").ifPresent(status -> parts.addAll(XmlBody.children(status)));
        return parts.stream()
                .filter(part -> isTrue(part.getAttribute("mustUnderstand"))
                        || isTrue(part.getAttributeNS(PIDF, "mustUnderstand")))
                .allMatch(part -> part.getNamespaceURI() != null && UNDERSTOOD.contains(part.getNamespaceURI()));
    }

    private static boolean isTrue(String value) {
        return value.equals("1") || value.equals("true");
    }

    private InstancePresence instance(Element tuple) {
        Optional<Element> contact = XmlBody.child(tuple, "contact");
        Availability availability = availability(tuple);
        boolean idle = availability.isOnline() && isIdle(tuple);
        List<Note> notes = XmlBody.children(tuple).stream()
                .filter(part -> XmlBody.is(part, PIDF, "note"))
                .map(PidfReader::note)
                .toList();
        return new InstancePresence(
                contact.flatMap(PidfReader::gruu).orElseGet(() -> instanceOf(tuple.getAttribute("id"))),
                idle && availability == Availability.AVAILABLE ? Availability.IDLE : availability,
                notes.isEmpty() ? commonNotes : notes,
                contact.flatMap(PidfReader::priority),
                idle ? idleSince(tuple) : Optional.empty());
    }

    private static String instanceOf(String tupleId) {
        return SipAddresses.usable(tupleId.startsWith(ID_PREFIX) ? tupleId.substring(ID_PREFIX.length()) : tupleId);
    }

    private static Optional<String> gruu(Element contact) {
        try {
            return Optional.of(SipAddresses.of(contact.getTextContent().strip()))
                    .filter(instance -> !instance.isAny())
                    .map(Instance::id);
        } catch (Unmappable noAddress) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> priority(Element contact) {
        return Optional.of(contact.getAttribute("priority"))
                .filter(q -> QUALITY.matcher(q).matches())
                .map(q -> new BigDecimal(q)
                        .multiply(BigDecimal.valueOf(LARGEST_PRIORITY))
                        .setScale(0, RoundingMode.CEILING)
                        .intValue());
    }

    /** {@code closed} overrides all; {@code show} says what RPID cannot, RPID why. */
    private Availability availability(Element tuple) {
        Optional<Element> status = XmlBody.child(tuple, "status");
        String basic = status.flatMap(found -> XmlBody.child(found, "basic"))
                .map(Element::getTextContent)
                .orElse("");
        if (!basic.strip().equals("open")) {
            return Availability.OFFLINE;
        }
        List<String> activities = new ArrayList<>(personActivities);
        activities.addAll(activities(tuple));
        status.ifPresent(found -> activities.addAll(activities(found)));
        Optional<Availability> activity = Rpid.strictest(activities);
        Optional<String> show = status.flatMap(found -> XmlBody.children(found).stream()
                .filter(part -> XmlBody.is(part, JABBER, "show"))
                .map(part -> part.getTextContent().strip())
                .findFirst());
        return show.flatMap(Rpid::ofShow)
                .map(shown ->
                        activity.filter(why -> Rpid.show(why).equals(show)).orElse(shown))
                .or(() -> activity)
                .orElse(Availability.AVAILABLE);
    }

    private static List<String> activities(Element parent) {
        return XmlBody.child(parent, "activities").stream()
                .flatMap(activities -> XmlBody.children(activities).stream())
                .map(Element::getLocalName)
                .toList();
    }

    private boolean isIdle(Element tuple) {
        return XmlBody.child(tuple, "user-input")
                .map(input -> input.getTextContent().strip().equals("idle"))
                .orElse(personIsIdle);
    }

    private Optional<Instant> idleSince(Element tuple) {
        return XmlBody.child(tuple, "user-input")
                .flatMap(input -> instant(input.getAttribute("last-input")))
                .or(() -> personIdle);
    }

    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Note note(Element note) {
        return new Note(
                note.getAttributeNS(XMLConstants.XML_NS_URI, "lang"),
                note.getTextContent().strip());
    }
}
