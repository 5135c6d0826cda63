// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.lib.jainsip.XmlCharacters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;

/**
 * Writes the presence of people outside for watchers at the home: PIDF with {@code show} inside and RPID for the person
 * (RFC 8048 section 4.2; interworking 6.4.1, 6.4.2).
 */
public final class PidfWriter {
    private static final int LARGEST_PRIORITY = 127;
    private static final int SHORTENED_DIGITS = 32;
    private static final String LANGUAGE_TAG = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*";

    private PidfWriter() {}

    /** Writes a document; somebody who is not signed in has one closed tuple. */
    public static String write(PresenceDocument document) {
        StringBuilder xml = new StringBuilder(512)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"")
                .append(PidfReader.PIDF)
                .append("\" xmlns:dm=\"")
                .append(PidfReader.DATA_MODEL)
                .append("\" xmlns:rp=\"")
                .append(PidfReader.RPID)
                .append("\" entity=\"");
        XmlCharacters.escape(xml, SipAddresses.uri(document.presentity())).append("\">");
        for (InstancePresence instance : document.instances()) {
            tuple(xml, document, instance);
        }
        if (document.instances().isEmpty()) {
            xml.append("<tuple id=\"offline\"><status><basic>closed</basic></status></tuple>");
        }
        foremost(document).ifPresent(instance -> person(xml, instance));
        return xml.append("</presence>").toString();
    }

    private static void tuple(StringBuilder xml, PresenceDocument document, InstancePresence instance) {
        boolean open = instance.availability().isOnline();
        XmlCharacters.escape(xml.append("<tuple id=\""), tupleId(instance.instance()))
                .append("\"><status><basic>");
        xml.append(open ? "open" : "closed").append("</basic>");
        Rpid.show(instance.availability()).ifPresent(show -> xml.append("<show xmlns=\"")
                .append(PidfReader.JABBER)
                .append("\">")
                .append(show)
                .append("</show>"));
        xml.append("</status>");
        if (open) {
            contact(xml, document, instance);
        }
        instance.notes().forEach(note -> note(xml, note));
        xml.append("</tuple>");
    }

    /** Whose priority is negative takes no messages, so nothing says where to send them. */
    private static void contact(StringBuilder xml, PresenceDocument document, InstancePresence instance) {
        int priority = instance.priority().orElse(0);
        if (priority < 0) {
            return;
        }
        xml.append("<contact");
        if (instance.priority().isPresent()) {
            xml.append(" priority=\"").append(quality(priority)).append('"');
        }
        XmlCharacters.escape(
                        xml.append('>'), SipAddresses.uri(new Instance(document.presentity(), instance.instance())))
                .append("</contact>");
    }

    /** Computed in decimal, so that all 128 values come back as they were. */
    static String quality(int priority) {
        return BigDecimal.valueOf(priority)
                .divide(BigDecimal.valueOf(LARGEST_PRIORITY), 3, RoundingMode.DOWN)
                .toPlainString();
    }

    /** An instance's name where it is an XML name, else a short stand-in (interworking 6.2.9). */
    static String tupleId(String instance) {
        return instance.matches("[A-Za-z0-9._-]+")
                ? PidfReader.ID_PREFIX + instance
                : PidfReader.ID_PREFIX + "-" + SipAddresses.sha256(instance).substring(0, SHORTENED_DIGITS);
    }

    private static void note(StringBuilder xml, Note note) {
        xml.append("<note");
        if (note.language().matches(LANGUAGE_TAG)) {
            xml.append(" xml:lang=\"").append(note.language()).append('"');
        }
        XmlCharacters.escape(xml.append('>'), note.text()).append("</note>");
    }

    /** A person does what is done at the instance that counts most. */
    static Optional<InstancePresence> foremost(PresenceDocument document) {
        return document.instances().stream()
                .filter(instance -> instance.availability().isOnline())
                .max(Comparator.comparingInt(instance -> instance.priority().orElse(0)));
    }

    private static void person(StringBuilder xml, InstancePresence instance) {
        Optional<String> activity = Rpid.activity(instance.availability());
        boolean idle = instance.availability() == Availability.IDLE
                || instance.idleSince().isPresent();
        if (activity.isEmpty() && !idle) {
            return;
        }
        xml.append("<dm:person id=\"person\">");
        activity.ifPresent(
                word -> xml.append("<rp:activities><rp:").append(word).append("/></rp:activities>"));
        if (idle) {
            xml.append("<rp:user-input");
            instance.idleSince()
                    .ifPresent(
                            since -> xml.append(" last-input=\"").append(since).append('"'));
            xml.append(">idle</rp:user-input>");
        }
        xml.append("</dm:person>");
    }
}
