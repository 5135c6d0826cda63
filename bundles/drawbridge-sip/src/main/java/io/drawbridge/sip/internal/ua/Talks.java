// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.sip.internal.map.Content;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The talks between people outside and users of the home: what is said on either side. Owned by the user agent's thread.
 */
final class Talks {
    private static final int MOST_REMEMBERED = 20_000;
    private final Environment environment;
    private final HomeAddresses addresses;
    private final Habits habits;
    private final Outgoing outgoing;
    private final Pager pager;
    private final Map<Pair, Talk> talks = new HashMap<>();
    private final Map<Pair, String> conversations = new Bounded<>(MOST_REMEMBERED);

    Talks(Environment environment, HomeAddresses addresses, Habits habits, Outgoing outgoing) {
        this.environment = environment;
        this.addresses = addresses;
        this.habits = habits;
        this.outgoing = outgoing;
        this.pager = new Pager(environment, addresses, habits, outgoing);
    }

    Instant now() {
        return environment.clock().instant();
    }

    /** Returns how many talks have something on its way to the home. */
    int pending() {
        return talks.size();
    }

    /** Delivers to the home what somebody outside said, typed or acknowledged. */
    void deliver(Delivery delivery) {
        Event event = delivery.event();
        Pair pair = Pair.ofInbound(event);
        if (event instanceof Event.Said said && !said.message().conversation().isEmpty()) {
            conversations.put(pair, said.message().conversation());
        }
        delivery.limit(environment);
        talks.computeIfAbsent(pair, any -> new Talk(this, pair)).take(delivery);
    }

    /** Nothing is left to say in a talk. */
    void silent(Talk talk) {
        talks.remove(talk.pair(), talk);
    }

    /** Returns by what a talk goes on. */
    Carrier carrier(Pair pair) {
        return pager;
    }

    /** Tells the sender that its message has arrived, if it asked and nobody else will tell (interworking 6.6.2). */
    void arrived(Delivery delivery, DeliveryOutcome outcome) {
        boolean arrived = outcome instanceof DeliveryOutcome.Delivered;
        if (arrived && delivery.event() instanceof Event.Said said && isReceiptDue(said)) {
            Receipt receipt = new Receipt(said.message().id(), Receipt.Kind.DELIVERED);
            Instance reader = said.recipient();
            Instance writer = said.sender();
            String conversation = said.message().conversation();
            environment.accept(
                    new Event.Acknowledged(reader, writer, conversation, receipt), Environment.LINK, ignored -> {});
        }
    }

    private boolean isReceiptDue(Event.Said said) {
        boolean asked = said.message().wanted().contains(Receipt.Kind.DELIVERED);
        return asked && !habits.of(said.recipient().principal()).receipts();
    }

    /** Takes a MESSAGE outside a session. */
    void received(Incoming incoming) throws RequestRefused {
        incoming.require(Set.of());
        Instance sender = incoming.sender();
        Instance recipient = incoming.recipient();
        addresses.seen(sender, incoming.senderUri());
        Pair pair = new Pair(recipient.principal(), sender.principal());
        Content content = incoming.content();
        if (content instanceof Content.Text text) {
            said(incoming, pair, sender, recipient, text);
        } else if (content instanceof Content.Typing typing) {
            habits.note(sender.principal(), Habits.Habit::withComposing);
            pass(incoming, new Event.Typing(sender, recipient, conversation(pair), typing.state()));
        } else if (content instanceof Content.Report report) {
            Optional<Receipt> receipt = report.receipt();
            if (receipt.isEmpty()) {
                incoming.transaction().respond(200);
            } else {
                pass(incoming, new Event.Acknowledged(sender, recipient, conversation(pair), receipt.get()));
            }
        }
    }

    private void said(Incoming incoming, Pair pair, Instance sender, Instance recipient, Content.Text text) {
        if (text.body().text().isEmpty()) {
            incoming.transaction().respond(200);
            return;
        }
        String id = text.id().orElseGet(outgoing::token);
        if (!text.wanted().isEmpty()) {
            pager.receiptWanted(id);
            habits.note(sender.principal(), habit -> habit.withReceipts(true));
        }
        boolean chat = environment.settings().get().pagerMessagesAsChat();
        Message message = new Message(
                id,
                conversation(pair),
                chat ? Message.Style.CHAT : Message.Style.SINGLE,
                incoming.subject(),
                List.of(text.body()),
                text.wanted(),
                Optional.empty(),
                incoming.written(environment.clock().instant()));
        pass(incoming, new Event.Said(sender, recipient, message));
    }

    private String conversation(Pair pair) {
        return conversations.getOrDefault(pair, "");
    }

    /** Hands an event over and answers with what becomes of it, in any case before its sender gives up by itself. */
    private void pass(Incoming incoming, Event event) {
        boolean prefer4xx = environment.settings().get().prefer4xx();
        boolean instance = !event.recipient().isAny();
        var expiry = environment
                .timers()
                .after(
                        Delivery.PATIENCE,
                        () -> Outcomes.answer(
                                incoming.transaction(), Outcomes.of(Reason.TIMED_OUT), instance, prefer4xx));
        environment.accept(event, incoming.peer(), outcome -> {
            expiry.cancel();
            Outcomes.answer(incoming.transaction(), outcome, instance, prefer4xx);
        });
    }
}
