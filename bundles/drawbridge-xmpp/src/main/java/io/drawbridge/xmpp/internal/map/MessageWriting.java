// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.xmpp.internal.codec.Escaped;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.OutgoingStanza;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.chatstates.ChatState;
import org.jivesoftware.smackx.chatstates.packet.ChatStateExtension;
import org.jivesoftware.smackx.delay.packet.DelayInformation;
import org.jivesoftware.smackx.message_correct.element.MessageCorrectExtension;
import org.jivesoftware.smackx.receipts.DeliveryReceipt;
import org.jivesoftware.smackx.receipts.DeliveryReceiptRequest;
import org.jivesoftware.smackx.xhtmlim.packet.XHTMLExtension;

/** Messages, chat states and receipts of the model as stanzas. */
final class MessageWriting {
    private static final String HTML = "text/html";
    private static final int LONGEST_SUBJECT = 1_000;

    private MessageWriting() {}

    /** Writes a message. Its identifier is kept, so that receipts and errors speak of it in the sender's words. */
    static OutgoingStanza said(Event.Said event) throws Unmappable {
        Message message = event.message();
        if (isLine(message)) {
            return line(event, message);
        }
        MessageBuilder stanza = stanza(event, message.id(), message.conversation());
        type(message.style()).ifPresent(stanza::ofType);
        if (!message.subject().isEmpty()) {
            stanza.setSubject(PlainText.line(message.subject(), LONGEST_SUBJECT));
        }
        bodies(message.bodies(), stanza);
        if (message.style() == Message.Style.CHAT) {
            stanza.addExtension(new ChatStateExtension(ChatState.active));
        }
        if (message.wanted().contains(Receipt.Kind.DELIVERED)) {
            stanza.addExtension(new DeliveryReceiptRequest());
        }
        if (message.wanted().contains(Receipt.Kind.DISPLAYED)) {
            stanza.addExtension(element("markable", Elements.MARKERS));
        }
        message.replaces().ifPresent(id -> stanza.addExtension(new MessageCorrectExtension(PlainText.xml(id))));
        message.sent()
                .ifPresent(sent -> stanza.addExtension(new DelayInformation(
                        Date.from(sent), event.sender().principal().domain().unicode(), null)));
        return Outgoing.of(Stanza.Kind.MESSAGE, event.sender(), event.recipient(), stanza.build());
    }

    /** Whether it is what most messages are: a line of a talk, in words and nothing else. */
    private static boolean isLine(Message message) {
        return message.style() == Message.Style.CHAT
                && message.subject().isEmpty()
                && message.bodies().size() == 1
                && message.bodies().get(0).mediaType().equals(Body.PLAIN)
                && message.bodies().get(0).language().isEmpty()
                && message.wanted().isEmpty()
                && message.replaces().isEmpty()
                && message.sent().isEmpty();
    }

    /** Writes the same as the general way, at a tenth of its cost. */
    private static OutgoingStanza line(Event.Said event, Message message) throws Unmappable {
        String text = message.bodies().get(0).text();
        StringBuilder xml = new StringBuilder(text.length() + 256);
        attribute(
                xml.append("<message"), "to", Addresses.write(event.recipient()).toString());
        attribute(xml, "from", Addresses.write(event.sender()).toString());
        if (!message.id().isEmpty()) {
            attribute(xml, "id", message.id());
        }
        xml.append(" type='chat'>");
        if (!message.conversation().isEmpty()) {
            xml.append("<thread>").append(Escaped.xml(message.conversation())).append("</thread>");
        }
        xml.append("<body>").append(Escaped.xml(text)).append("</body>");
        xml.append("<active xmlns='" + Elements.CHAT_STATES + "'/></message>");
        return new OutgoingStanza(
                Stanza.Kind.MESSAGE,
                event.sender().principal().domain(),
                event.recipient().principal().domain(),
                xml.toString());
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("='").append(Escaped.xml(value)).append('\'');
    }

    /** Writes a chat state that stands alone; servers need not store it (XEP-0334). */
    static OutgoingStanza typing(Event.Typing event) throws Unmappable {
        MessageBuilder stanza = stanza(event, "", event.conversation())
                .ofType(org.jivesoftware.smack.packet.Message.Type.chat)
                .addExtension(new ChatStateExtension(state(event.state())))
                .addExtension(element("no-store", Elements.HINTS));
        return Outgoing.of(Stanza.Kind.MESSAGE, event.sender(), event.recipient(), stanza.build());
    }

    /** Writes a receipt of delivery or of display; it asks for none itself. */
    static OutgoingStanza acknowledged(Event.Acknowledged event) throws Unmappable {
        String id = PlainText.xml(event.receipt().messageId());
        MessageBuilder stanza = stanza(event, "", event.conversation());
        if (event.receipt().kind() == Receipt.Kind.DISPLAYED) {
            stanza.addExtension(StandardExtensionElement.builder("displayed", Elements.MARKERS)
                    .addAttribute("id", id)
                    .build());
        } else {
            stanza.addExtension(new DeliveryReceipt(id));
        }
        return Outgoing.of(Stanza.Kind.MESSAGE, event.sender(), event.recipient(), stanza.build());
    }

    private static MessageBuilder stanza(Event event, String id, String conversation) throws Unmappable {
        MessageBuilder stanza = (id.isEmpty()
                        ? StanzaBuilder.buildMessage()
                        : StanzaBuilder.buildMessage(PlainText.xml(id)))
                .from(Addresses.write(event.sender()))
                .to(Addresses.write(event.recipient()));
        return conversation.isEmpty() ? stanza : stanza.setThread(PlainText.xml(conversation));
    }

    private static Optional<org.jivesoftware.smack.packet.Message.Type> type(Message.Style style) {
        return switch (style) {
            case CHAT -> Optional.of(org.jivesoftware.smack.packet.Message.Type.chat);
            case HEADLINE -> Optional.of(org.jivesoftware.smack.packet.Message.Type.headline);
            case SINGLE -> Optional.empty();
        };
    }

    private static void bodies(List<Body> bodies, MessageBuilder stanza) {
        Optional<Body> html =
                bodies.stream().filter(body -> body.mediaType().equals(HTML)).findFirst();
        List<Body> plain = bodies.stream()
                .filter(body -> body.mediaType().equals(Body.PLAIN))
                .toList();
        if (plain.isEmpty()) {
            // Without the plain form, which is the one that counts, every other one would be shown by nobody.
            plain = html
                    .map(body -> new Body(Body.PLAIN, body.language(), XhtmlContent.textOf(body.text())))
                    .or(() -> bodies.stream().findFirst())
                    .stream()
                    .toList();
        }
        for (Body body : plain) {
            String language = body.language().isEmpty() ? null : PlainText.xml(body.language());
            stanza.addBody(language, PlainText.xml(body.text()));
        }
        html.flatMap(body -> XhtmlContent.ofHtml(PlainText.xml(body.text()))).ifPresent(content -> {
            XHTMLExtension xhtml = new XHTMLExtension();
            xhtml.addBody("<body xmlns='" + Elements.XHTML + "'>" + content.markup() + "</body>");
            stanza.addExtension(xhtml);
        });
    }

    private static ChatState state(Composing state) {
        return ChatState.valueOf(MessageReading.name(state));
    }

    private static StandardExtensionElement element(String name, String namespace) {
        return new StandardExtensionElement(name, namespace);
    }
}
