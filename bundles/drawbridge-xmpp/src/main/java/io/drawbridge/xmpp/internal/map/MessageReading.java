// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jxmpp.util.XmppDateTime;

/**
 * What a message stanza says (RFC 6121 section 5 and the extensions of one-to-one messages). Whatever is unknown, or known
 * and malformed, says nothing; the rest still does. Only direct children count, so that what others forward, such as
 * carbons (XEP-0280), is not taken for the sender's own.
 */
final class MessageReading {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SUBJECT = 1_000;
    private static final int MOST_BODIES = 8;
    private static final List<Composing> STATES = List.of(Composing.values());
    private static final Map<Composing, String> NAMES = STATES.stream()
            .collect(Collectors.toMap(state -> state, state -> state.name().toLowerCase(Locale.ROOT)));

    private final Received received;
    private final StandardExtensionElement content;

    MessageReading(Received received) {
        this.received = received;
        this.content = received.content();
    }

    /** Returns whether it invites to a room (XEP-0045 section 7.8.2, XEP-0249). */
    boolean isInvitation() {
        return Elements.has(content, "x", Elements.INVITATION)
                || Elements.all(content, "x", Elements.MUC_USER)
                        .anyMatch(x -> Elements.has(x, "invite", Elements.MUC_USER));
    }

    /** Returns the identifier of the conversation; empty if it names none. */
    String conversation() {
        return Elements.first(content, "thread", Elements.CONTENT)
                .map(Elements::text)
                .filter(thread -> isName(thread))
                .orElse("");
    }

    /** Returns what was written; empty if nothing was. */
    Optional<Message> message() {
        List<Body> bodies = bodies();
        String subject = Elements.first(content, "subject", Elements.CONTENT)
                .map(element -> PlainText.line(Elements.text(element), LONGEST_SUBJECT))
                .orElse("");
        if (bodies.isEmpty() && !subject.isEmpty()) {
            // A letter of a subject alone: no other protocol can say it, but every one can show a line.
            bodies = List.of(Body.plain(subject));
            subject = "";
        }
        return bodies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Message(
                        identifier(), conversation(), style(), subject, bodies, wanted(), replaces(), written()));
    }

    /** Returns the chat state (XEP-0085), where it says more than a message beside it. */
    Optional<Composing> composing() {
        for (Composing state : STATES) {
            if (Elements.has(content, name(state), Elements.CHAT_STATES)
                    && (state != Composing.ACTIVE || bodies().isEmpty())) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Returns whether the sender's client knows chat states. */
    boolean hasChatState() {
        return NAMES.values().stream().anyMatch(name -> Elements.has(content, name, Elements.CHAT_STATES));
    }

    /** Returns the receipts (XEP-0184, XEP-0333). */
    List<Receipt> receipts() {
        return Stream.of(
                        receipts("received", Elements.RECEIPTS, Receipt.Kind.DELIVERED),
                        receipts("received", Elements.MARKERS, Receipt.Kind.DELIVERED),
                        receipts("displayed", Elements.MARKERS, Receipt.Kind.DISPLAYED),
                        receipts("acknowledged", Elements.MARKERS, Receipt.Kind.DISPLAYED))
                .flatMap(found -> found)
                .distinct()
                .limit(MOST_BODIES)
                .toList();
    }

    /** Returns the name of the element that stands for a state. */
    static String name(Composing state) {
        return NAMES.get(state);
    }

    private Stream<Receipt> receipts(String name, String namespace, Receipt.Kind kind) {
        return Elements.all(content, name, namespace)
                .flatMap(element -> Elements.attribute(element, "id").stream())
                .filter(MessageReading::isName)
                .map(id -> new Receipt(id, kind));
    }

    private List<Body> bodies() {
        Map<String, Body> plain = new LinkedHashMap<>();
        Elements.all(content, "body", Elements.CONTENT)
                .filter(body -> !Elements.text(body).isEmpty())
                .limit(MOST_BODIES)
                .forEach(body -> {
                    String language = language(received.languageOf(body));
                    plain.putIfAbsent(language, new Body(Body.PLAIN, language, Elements.text(body)));
                });
        List<Body> bodies = new ArrayList<>(plain.values());
        if (Elements.has(content, "html", Elements.XHTML_IM)) {
            XhtmlContent.ofStanza(received.stanza().text()).ifPresent(html -> {
                String language = language(received.stanza().attributes().language());
                if (bodies.isEmpty()) {
                    bodies.add(new Body(Body.PLAIN, language, html.text()));
                }
                bodies.add(new Body("text/html", language, html.markup()));
            });
        }
        return bodies;
    }

    private String identifier() {
        return Optional.of(received.id())
                .filter(MessageReading::isName)
                .or(() -> Elements.first(content, "origin-id", Elements.STANZA_IDS)
                        .flatMap(origin -> Elements.attribute(origin, "id"))
                        .filter(MessageReading::isName))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    private Message.Style style() {
        return switch (received.type()) {
            case "chat" -> Message.Style.CHAT;
            case "headline" -> Message.Style.HEADLINE;
            default -> Message.Style.SINGLE;
        };
    }

    private Set<Receipt.Kind> wanted() {
        Set<Receipt.Kind> wanted = EnumSet.noneOf(Receipt.Kind.class);
        if (isName(received.id())) {
            if (Elements.has(content, "request", Elements.RECEIPTS)) {
                wanted.add(Receipt.Kind.DELIVERED);
            }
            if (Elements.has(content, "markable", Elements.MARKERS)) {
                wanted.add(Receipt.Kind.DISPLAYED);
            }
        }
        return wanted;
    }

    private Optional<String> replaces() {
        return Elements.first(content, "replace", Elements.CORRECTION)
                .flatMap(replace -> Elements.attribute(replace, "id"))
                .filter(MessageReading::isName);
    }

    private Optional<Instant> written() {
        return Elements.first(content, "delay", Elements.DELAY)
                .flatMap(delay -> Elements.attribute(delay, "stamp"))
                .flatMap(MessageReading::instant);
    }

    /** Reads a date and time (XEP-0082). */
    static Optional<Instant> instant(String text) {
        try {
            return text.length() > LONGEST_NAME
                    ? Optional.empty()
                    : Optional.of(XmppDateTime.parseXEP0082Date(text).toInstant());
        } catch (java.text.ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a language tag, or nothing where it cannot be one. */
    static String language(String tag) {
        return tag.length() <= 35 && tag.matches("[A-Za-z0-9-]*") ? tag : "";
    }

    /** Whether a text can be an identifier that others have to hold and repeat. */
    static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }
}
