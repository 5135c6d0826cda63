// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.sip.internal.map.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The talks between people outside and users of the home: what is said on either side. Owned by the user agent's thread.
 */
final class Talks {
    private static final int MOST_REMEMBERED = 20_000;

    /** Answers to an invitation that refuse sessions as such (interworking 6.3.3). */
    private static final Set<Integer> NO_SESSIONS = Set.of(405, 415, 488, 501, 606);

    /** Answers to a single message that refuse such as such (interworking 3.4 rule 8), or its size (6.5). */
    private static final Set<Integer> NO_SINGLE_MESSAGES = Set.of(405, 413, 501);

    /**
     * Answers that there is no such user, and for how long that is believed (interworking 6.3.3). Many a home says 404 of
     * whoever is not signed in just now.
     */
    private static final Map<Integer, Duration> NO_SUCH_USER =
            Map.of(404, Duration.ofSeconds(10), 604, Duration.ofMinutes(5));

    private static final int UNSUPPORTED_TYPE = 415;
    private final Environment environment;
    private final HomeAddresses addresses;
    private final Habits habits;
    private final Outgoing outgoing;
    private final Pager pager;
    private final Sessions sessions;
    private final Map<Pair, Talk> talks = new HashMap<>();
    private final Map<Pair, String> conversations = new Bounded<>(MOST_REMEMBERED);

    Talks(Environment environment, HomeAddresses addresses, Habits habits, Outgoing outgoing) {
        this.environment = environment;
        this.addresses = addresses;
        this.habits = habits;
        this.outgoing = outgoing;
        this.pager = new Pager(environment, addresses, habits, outgoing);
        this.sessions = new Sessions(environment, addresses, habits, outgoing, this);
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
        if (event instanceof Event.Said && addresses.isUnknown(event.recipient().principal(), now())) {
            delivery.done(DeliveryOutcome.failed(Condition.ITEM_NOT_FOUND, Reason.ANSWERED_BY_PEER));
            return;
        }
        delivery.limit(environment);
        talks.computeIfAbsent(pair, any -> new Talk(this, pair)).take(delivery);
    }

    /** Returns the sessions. */
    Sessions sessions() {
        return sessions;
    }

    /** Nothing is left to say in a talk. */
    void silent(Talk talk) {
        talks.remove(talk.pair(), talk);
    }

    /** Returns by what a delivery goes: the session that is open, else as configured, else as its recipient does it. */
    Carrier carrier(Delivery delivery) {
        Instance outside = delivery.event().sender();
        Instance inside = delivery.event().recipient();
        MessageMode configured = environment.settings().get().messageMode();
        boolean auto = configured == MessageMode.AUTO;
        if (auto && sessions.open(Pair.ofInbound(delivery.event())).isPresent()) {
            return sessions.session(outside, inside, MessageMode.SESSION);
        }
        MessageMode mode = auto ? habits.of(inside.principal()).mode() : configured;
        boolean possible =
                mode != MessageMode.MSRP || environment.msrp().local().isPresent();
        return mode == MessageMode.PAGER || !possible ? pager : sessions.session(outside, inside, mode);
    }

    /** Takes note of a final answer: a next hop that knows no such user is not asked again at once (interworking 6.3.3). */
    void answered(Delivery delivery, int status) {
        Duration believed = NO_SUCH_USER.get(status);
        if (believed != null && environment.isUnknownPath()) {
            addresses.unknown(delivery.event().recipient().principal(), now().plus(believed));
        }
    }

    /** Takes note of an answer that refuses the mode and not the message; returns whether another one is to be tried. */
    boolean changesMode(Delivery delivery, int status) {
        Principal inside = delivery.event().recipient().principal();
        MessageMode mode = habits.of(inside).mode();
        if (status == UNSUPPORTED_TYPE && habits.of(inside).receipts() && wantsReceipts(delivery)) {
            habits.note(inside, habit -> habit.withReceipts(false)); // 6.3.3: resend as text/plain
            return true;
        }
        boolean refused = (mode == MessageMode.PAGER ? NO_SINGLE_MESSAGES : NO_SESSIONS).contains(status)
                && environment.settings().get().messageMode() == MessageMode.AUTO;
        if (!refused) {
            return false;
        }
        delivery.refusedBy(mode);
        MessageMode next = next(mode, delivery);
        habits.note(inside, habit -> habit.by(next));
        return delivery.mayGoBy(next);
    }

    private static boolean wantsReceipts(Delivery delivery) {
        return delivery.event() instanceof Event.Said said
                && !said.message().wanted().isEmpty();
    }

    /** Single messages suit most, then sessions as Lync has them, then those with connections of their own. */
    private MessageMode next(MessageMode mode, Delivery delivery) {
        boolean msrp = environment.msrp().local().isPresent() && delivery.mayGoBy(MessageMode.MSRP);
        return switch (mode) {
            case PAGER -> MessageMode.SESSION;
            case SESSION -> msrp ? MessageMode.MSRP : MessageMode.PAGER;
            case MSRP, AUTO -> MessageMode.PAGER;
        };
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
        boolean chat = environment.settings().get().pagerMessagesAsChat();
        Message message = message(incoming, pair, text, chat ? Message.Style.CHAT : Message.Style.SINGLE);
        pass(incoming, new Event.Said(sender, recipient, message));
    }

    /** Makes the message a request carries. */
    Message message(Incoming incoming, Pair pair, Content.Text text, Message.Style style) {
        if (!text.wanted().isEmpty()) {
            habits.note(pair.inside(), habit -> habit.withReceipts(true));
        }
        Optional<Instant> written = incoming.written(environment.clock().instant());
        Message message = message(pair, text, style, incoming.subject(), written);
        if (!text.wanted().isEmpty()) {
            pager.receiptWanted(message.id());
        }
        return message;
    }

    /** Makes a message of what was written in a session. */
    Message message(Pair pair, Content.Text text, Message.Style style, String subject, Optional<Instant> written) {
        return new Message(
                text.id().orElseGet(outgoing::token),
                conversation(pair),
                style,
                subject,
                List.of(text.body()),
                text.wanted(),
                Optional.empty(),
                written);
    }

    String conversation(Pair pair) {
        return conversations.getOrDefault(pair, "");
    }

    private void pass(Incoming incoming, Event event) {
        pass(incoming, event, outcome -> answer(incoming, outcome, event.recipient()));
    }

    /** Hands an event over; {@code answer} hears what becomes of it before the sender gives up by itself. */
    void pass(Incoming incoming, Event event, Consumer<DeliveryOutcome> answer) {
        pass(incoming.peer(), event, answer);
    }

    /** Hands an event over; {@code answer} may hear twice, of which the first counts. */
    void pass(String peer, Event event, Consumer<DeliveryOutcome> answer) {
        Timers.Timer expiry =
                environment.timers().after(Delivery.PATIENCE, () -> answer.accept(Outcomes.of(Reason.TIMED_OUT)));
        environment.accept(event, peer, outcome -> {
            expiry.cancel();
            answer.accept(outcome);
        });
    }

    /** Answers with what became of an event. */
    void answer(Incoming incoming, DeliveryOutcome outcome, Instance recipient) {
        boolean prefer4xx = environment.settings().get().prefer4xx();
        Outcomes.answer(incoming.transaction(), outcome, !recipient.isAny(), prefer4xx);
    }
}
