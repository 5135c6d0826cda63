// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.map;

import io.drawbridge.api.model.Receipt;
import io.drawbridge.lib.jainsip.XmlBody;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Receipts of SIP messages: IMDN (RFC 5438) within CPIM, and what asks for them (interworking 2.3, 6.8). */
public final class Imdn {
    /** The media type of a notification. */
    public static final String MEDIA_TYPE = "message/imdn+xml";

    private static final String URN = "urn:ietf:params:imdn";
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";

    private Imdn() {}

    /** Returns the identifier its sender gave the message in the envelope. */
    static Optional<String> messageId(Cpim envelope) {
        return envelope.header(URN + " Message-ID").filter(id -> !id.isEmpty() && id.length() <= 256);
    }

    /** Returns which receipts the sender asked for. */
    static Set<Receipt.Kind> wanted(Cpim envelope) {
        EnumSet<Receipt.Kind> wanted = EnumSet.noneOf(Receipt.Kind.class);
        String asked = envelope.header(URN + " Disposition-Notification").orElse("");
        for (String word : asked.split(",", -1)) {
            switch (word.strip()) {
                case "positive-delivery" -> wanted.add(Receipt.Kind.DELIVERED);
                case "negative-delivery" -> wanted.add(Receipt.Kind.FAILED);
                case "display" -> wanted.add(Receipt.Kind.DISPLAYED);
                default -> {} // processing is of no use to a person
            }
        }
        return wanted;
    }

    /**
     * Reads a notification.
     *
     * @return empty if it tells nothing that the model knows, such as that a relay has processed the message
     * @throws Unmappable 400 if it is none
     */
    static Optional<Receipt> read(byte[] octets) throws Unmappable {
        Element root;
        try {
            Document document = XmlBody.parse(octets);
            root = document.getDocumentElement();
        } catch (IOException malformed) {
            throw new Unmappable(400, "Malformed XML");
        }
        if (!XmlBody.is(root, NAMESPACE, "imdn")) {
            throw new Unmappable(400, "No IMDN Document");
        }
        String id = XmlBody.child(root, "message-id")
                .map(Element::getTextContent)
                .map(String::strip)
                .orElse("");
        if (id.isEmpty()) {
            throw new Unmappable(400, "IMDN Without Message");
        }
        return kind(root).map(kind -> new Receipt(id, kind));
    }

    private static Optional<Receipt.Kind> kind(Element root) {
        for (String notification : Arrays.asList("delivery-notification", "display-notification")) {
            Optional<String> status = XmlBody.child(root, notification)
                    .flatMap(found -> XmlBody.child(found, "status"))
                    .flatMap(found -> XmlBody.children(found).stream().findFirst())
                    .map(Element::getLocalName);
            if (status.isPresent()) {
                return Optional.ofNullable(
                        switch (status.get()) {
                            case "delivered" -> Receipt.Kind.DELIVERED;
                            case "displayed" -> Receipt.Kind.DISPLAYED;
                            case "failed", "forbidden", "error" ->
                                notification.startsWith("display") ? null : Receipt.Kind.FAILED;
                            default -> null;
                        });
            }
        }
        return Optional.empty();
    }

    /**
     * Writes the envelope of a notification (RFC 5438 section 7).
     *
     * @param from the URI of who got the message
     * @param to the URI of who wrote it
     */
    public static String write(Receipt receipt, String from, String to, String ownId, Instant now) {
        boolean display = receipt.kind() == Receipt.Kind.DISPLAYED;
        String notification = display ? "display-notification" : "delivery-notification";
        String status =
                switch (receipt.kind()) {
                    case DELIVERED -> "delivered";
                    case DISPLAYED -> "displayed";
                    case FAILED -> "failed";
                };
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<imdn xmlns=\"" + NAMESPACE + "\"><message-id>"
                + escaped(receipt.messageId()) + "</message-id><datetime>" + now + "</datetime><recipient-uri>"
                + escaped(from) + "</recipient-uri><" + notification + "><status><" + status + "/></status></"
                + notification + "></imdn>";
        return envelope(from, to, ownId, now)
                + "\r\nContent-Type: " + MEDIA_TYPE + "\r\nContent-Disposition: notification\r\nContent-Length: "
                + document.length() + "\r\n\r\n" + document;
    }

    /** Writes the envelope of a text, and which receipts are wanted. */
    public static String wrap(String text, String id, Set<Receipt.Kind> wanted, String from, String to, Instant now) {
        StringBuilder asked = new StringBuilder();
        for (Receipt.Kind kind : Receipt.Kind.values()) {
            if (wanted.contains(kind)) {
                asked.append(asked.isEmpty() ? "imdn.Disposition-Notification: " : ", ")
                        .append(word(kind));
            }
        }
        return envelope(from, to, id, now) + (asked.isEmpty() ? "" : asked + "\r\n")
                + "\r\nContent-Type: text/plain;charset=UTF-8\r\n\r\n" + text;
    }

    private static String word(Receipt.Kind kind) {
        return switch (kind) {
            case DELIVERED -> "positive-delivery";
            case FAILED -> "negative-delivery";
            case DISPLAYED -> "display";
        };
    }

    private static String envelope(String from, String to, String id, Instant now) {
        return "From: <" + from + ">\r\nTo: <" + to + ">\r\nDateTime: " + now + "\r\nNS: imdn <" + URN
                + ">\r\nimdn.Message-ID: " + id.replaceAll("[\\p{Cntrl}]", "") + "\r\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
