// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.map;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.stream.StanzaReceiver;
import io.drawbridge.xmpp.internal.stream.StreamPeer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Messages, typing and receipts both ways. Whoever wrote a message is told once what became of it, if anything is told. */
final class MessageExchange {
    private final Way way;
    private final Correspondence outbound;
    private final Correspondence inbound;
    private final ChatStates chatStates;

    MessageExchange(Way way, InstantSource clock) {
        this.way = way;
        this.outbound = new Correspondence(clock);
        this.inbound = new Correspondence(clock);
        this.chatStates = new ChatStates(clock);
    }

    /** Takes a message stanza; completes when what was said in it has its outcome. */
    CompletionStage<?> received(Received received, StreamPeer origin) {
        MessageReading reading = new MessageReading(received);
        if (received.type().equals("error")) {
            returned(received, origin);
        } else if (received.type().equals("groupchat") || !received.isBetweenPersons()) {
            way.refuse(received.stanza(), origin, Condition.SERVICE_UNAVAILABLE, "only persons are reached here");
        } else if (reading.isInvitation()) {
            way.refuse(received.stanza(), origin, Condition.NOT_ACCEPTABLE, "rooms cannot be entered from here");
        } else {
            return take(received, reading, origin);
        }
        return StanzaReceiver.NOTHING;
    }

    private CompletionStage<?> take(Received received, MessageReading reading, StreamPeer origin) {
        Optional<Message> message = reading.message();
        boolean chat = received.type().equals("chat");
        if (chat && (message.isPresent() || reading.hasChatState())) {
            chatStates.heard(received.recipient().principal(), received.sender().principal(), reading.hasChatState());
        }
        CompletionStage<?> outcome =
                message.isPresent() ? said(received, message.get(), origin) : StanzaReceiver.NOTHING;
        reading.composing()
                .ifPresent(state -> way.bring(
                        new Event.Typing(received.sender(), received.recipient(), reading.conversation(), state),
                        origin));
        reading.receipts().forEach(receipt -> acknowledged(received, reading.conversation(), receipt, origin));
        if (message.isEmpty()
                && reading.composing().isEmpty()
                && reading.receipts().isEmpty()) {
            way.ignore();
        }
        return outcome;
    }

    private CompletionStage<?> said(Received received, Message message, StreamPeer origin) {
        Instance writer = received.sender();
        Instance reader = received.recipient();
        Correspondence.Letter letter = inbound.sent(writer, reader, message);
        return way.bring(new Event.Said(writer, reader, message), origin, outcome -> {
            if (outcome instanceof DeliveryOutcome.Failed failed) {
                if (letter.noteFailure()) {
                    way.refuse(received.stanza(), origin, failed);
                }
            } else if (outcome instanceof DeliveryOutcome.Delivered
                    && message.wanted().contains(Receipt.Kind.DELIVERED)) {
                confirm(new Event.Acknowledged(
                        reader, writer, message.conversation(), new Receipt(message.id(), Receipt.Kind.DELIVERED)));
            }
        });
    }

    /** Takes a message that came back (RFC 6121 section 5.2.2): its outcome, or a receipt if that was told already. */
    private void returned(Received received, StreamPeer origin) {
        Optional<Correspondence.Letter> found = outbound.find(
                received.recipient().principal(), received.sender().principal(), received.id());
        if (found.isEmpty()) {
            way.ignore();
            return;
        }
        Correspondence.Letter letter = found.get();
        boolean inTime = letter.settle(new DeliveryOutcome.Failed(
                Conditions.read(received.content()),
                Conditions.isTooBig(received.content()) ? Reason.CONTENT_TOO_LARGE : Reason.ANSWERED_BY_PEER,
                Conditions.text(received.content()),
                Optional.empty(),
                Conditions.newAddress(received.content())));
        if (!letter.noteFailure() || inTime) {
            return;
        }
        way.bring(
                new Event.Acknowledged(
                        received.sender(),
                        letter.writer(received.recipient().principal()),
                        letter.conversation(),
                        new Receipt(received.id(), Receipt.Kind.FAILED)),
                origin);
    }

    private void acknowledged(Received received, String conversation, Receipt receipt, StreamPeer origin) {
        Optional<Correspondence.Letter> letter = outbound.find(
                received.recipient().principal(), received.sender().principal(), receipt.messageId());
        Instance named = received.recipient();
        Instance writer = letter.filter(known -> named.isAny())
                .map(known -> known.writer(named.principal()))
                .orElse(named);
        String known = letter.map(Correspondence.Letter::conversation).orElse(conversation);
        way.bring(new Event.Acknowledged(received.sender(), writer, known, receipt), origin);
    }

    /** Sends a message; a copy that comes back before the streams know what became of it is its outcome. */
    CompletionStage<DeliveryOutcome> deliver(Event.Said event) throws Unmappable {
        chatStates.said(event.sender().principal(), event.recipient().principal());
        var stanza = MessageWriting.said(event);
        CompletableFuture<DeliveryOutcome> known = new CompletableFuture<>();
        Correspondence.Letter letter = outbound.sent(event.sender(), event.recipient(), event.message(), known);
        way.send(stanza).thenAccept(outcome -> {
            boolean failed = outcome instanceof DeliveryOutcome.Failed;
            if (letter.settle(outcome) && failed) {
                letter.noteFailure();
            }
        });
        return known;
    }

    /** Sends a chat state, if the other client takes them and does not know it. */
    CompletionStage<DeliveryOutcome> deliver(Event.Typing event) throws Unmappable {
        boolean tells =
                chatStates.tells(event.sender().principal(), event.recipient().principal(), event.state());
        return tells ? way.send(MessageWriting.typing(event)) : nothingToSend();
    }

    /** Sends a receipt, or the error that stands for the receipt of failure, to who did not have one. */
    CompletionStage<DeliveryOutcome> deliver(Event.Acknowledged event) throws Unmappable {
        if (event.receipt().kind() != Receipt.Kind.FAILED) {
            return confirm(event);
        }
        boolean news = letter(event).map(letter -> letter.noteFailure()).orElse(true);
        return news
                ? way.send(Outgoing.lateError(
                        Stanza.Kind.MESSAGE,
                        event.sender(),
                        event.recipient(),
                        PlainText.xml(event.receipt().messageId()),
                        Condition.RECIPIENT_UNAVAILABLE))
                : nothingToSend();
    }

    private CompletionStage<DeliveryOutcome> confirm(Event.Acknowledged event) {
        boolean news = event.receipt().kind() == Receipt.Kind.DISPLAYED
                || letter(event).map(letter -> letter.noteReceipt()).orElse(true);
        try {
            return news ? way.send(MessageWriting.acknowledged(event)) : nothingToSend();
        } catch (Unmappable e) {
            return CompletableFuture.completedFuture(DeliveryOutcome.failed(e.condition(), Reason.MALFORMED));
        }
    }

    private Optional<Correspondence.Letter> letter(Event.Acknowledged event) {
        return inbound.find(
                event.recipient().principal(),
                event.sender().principal(),
                event.receipt().messageId());
    }

    private static CompletionStage<DeliveryOutcome> nothingToSend() {
        return CompletableFuture.completedFuture(new DeliveryOutcome.HandedOver());
    }
}
