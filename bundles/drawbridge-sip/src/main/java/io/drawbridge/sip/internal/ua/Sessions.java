// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.sip.internal.map.ComposingBody;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.MessageSdp;
import io.drawbridge.sip.internal.map.MsrpSdp;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sip.header.ContentTypeHeader;

/** The message sessions with users of the home. Owned by the user agent's thread. */
final class Sessions {
    private static final String MULTIPARTY = "com.microsoft.rtc-multiparty";
    private static final String FIRST_TEXT = "ms-text-format";
    private static final int MOST_REMEMBERED = 20_000;
    private final Environment environment;
    private final HomeAddresses addresses;
    private final Habits habits;
    private final Outgoing outgoing;
    private final Talks talks;
    private final MsrpEnds ends;
    private final Map<String, Session> byTag = new HashMap<>();
    private final Map<Pair, Set<Session>> byPair = new HashMap<>();
    private final Map<Pair, String> conversationIds = new Bounded<>(MOST_REMEMBERED);

    Sessions(Environment environment, HomeAddresses addresses, Habits habits, Outgoing outgoing, Talks talks) {
        this.environment = environment;
        this.addresses = addresses;
        this.habits = habits;
        this.outgoing = outgoing;
        this.talks = talks;
        this.ends = new MsrpEnds(environment);
    }

    /** Returns the ends of MSRP sessions. */
    MsrpEnds ends() {
        return ends;
    }

    Environment environment() {
        return environment;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    String address(Instance inside) {
        return addresses.uri(inside.principal());
    }

    /** Returns how many sessions there are. */
    int size() {
        return byTag.size();
    }

    /** Returns by what Lync puts the sessions of one talk together. */
    String conversationId(Pair pair) {
        return conversationIds.computeIfAbsent(pair, any -> outgoing.token());
    }

    /** Returns the session of two people, if one is open; of several the oldest (interworking 3.4 rule 9). */
    Optional<Session> open(Pair pair) {
        return byPair.getOrDefault(pair, Set.of()).stream()
                .filter(Session::isUsable)
                .findFirst();
    }

    /**
     * Returns the session of two people, or one that opens with the next message.
     *
     * @param mode the dialect of a new one
     */
    Session session(Instance outside, Instance inside, MessageMode mode) {
        return open(new Pair(outside.principal(), inside.principal()))
                .orElseGet(() -> lazy(outside, inside, mode == MessageMode.MSRP));
    }

    /** Returns another session instead of one that the other side has forgotten. */
    Session again(Session lost) {
        return open(lost.pair())
                .orElseGet(() -> lazy(lost.outside(), lost.inside(), lost.medium() instanceof MsrpMedium));
    }

    private Session lazy(Instance outside, Instance inside, boolean msrp) {
        Session session = Session.lazy(this, outside, inside);
        Optional<HostPort> local = msrp ? environment.msrp().local() : Optional.empty();
        return session.by(
                local.isPresent()
                        ? MsrpMedium.offering(outgoing, ends, local.get(), session)
                        : DialogMedium.offering(environment, outgoing, session.dialog()));
    }

    void opened(Session session) {
        byTag.put(session.dialog().tag(), session);
        byPair.computeIfAbsent(session.pair(), any -> new LinkedHashSet<>(2)).add(session);
    }

    void closed(Session session) {
        byTag.remove(session.dialog().tag());
        byPair.computeIfPresent(session.pair(), (pair, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
        });
    }

    /** Takes an INVITE: a new session, or news of a known one. */
    void invited(Incoming incoming) throws RequestRefused {
        if (incoming.request().hasToTag()) {
            accept(incoming, known(incoming), false);
            return;
        }
        if (incoming.tokens("Require").contains(MULTIPARTY)
                || !incoming.header("Roster-Manager").isEmpty()) {
            throw new RequestRefused(488, "No Multiparty Sessions"); // interworking 3.7
        }
        incoming.require(Set.of(SessionTimer.TIMER));
        SessionTimer.check(incoming);
        Offer offer = Offer.of(incoming);
        if (offer.mode() == MessageMode.MSRP && environment.msrp().local().isEmpty()) {
            throw new RequestRefused(488, "No Listener For MSRP");
        }
        Instance inside = incoming.sender();
        Instance outside = incoming.recipient();
        addresses.seen(inside, incoming.senderUri());
        if (byTag.size() >= environment.settings().get().maxDialogs()) {
            throw new RequestRefused(503).with("Retry-After", "60");
        }
        Dialog dialog = Dialog.accepting(incoming, outgoing.token());
        Session session = Session.accepted(this, outside, inside, dialog);
        session.by(medium(offer, session)).touch();
        habits.note(inside.principal(), habit -> habit.by(offer.mode()));
        if (!incoming.header("Ms-Conversation-ID").isEmpty()) {
            conversationIds.put(session.pair(), incoming.header("Ms-Conversation-ID"));
        }
        Optional<Content.Text> text = MessageSdp.firstText(incoming.header(FIRST_TEXT));
        if (text.isEmpty()) {
            opened(session);
            accept(incoming, session, false);
        } else {
            firstText(incoming, session, text.get());
        }
    }

    private Medium medium(Offer offer, Session session) {
        if (offer.dialect().isPresent()) {
            return new DialogMedium(
                    environment, outgoing, session.dialog(), offer.dialect().get());
        }
        HostPort local = environment.msrp().local().orElseThrow();
        return MsrpMedium.accepting(outgoing, ends, local, offer.msrp().orElseThrow(), session);
    }

    /**
     * What an invitation offers: one of the two.
     *
     * @param dialect a session in the Lync dialect
     * @param msrp a session by MSRP
     */
    private record Offer(Optional<MessageSdp> dialect, Optional<MsrpSdp> msrp) {
        static Offer of(Incoming incoming) throws RequestRefused {
            boolean described =
                    incoming.header("Content-Type").toLowerCase(Locale.ROOT).startsWith(MessageSdp.MEDIA_TYPE);
            byte[] body = described ? incoming.text().body() : new byte[0];
            Offer offer = new Offer(MessageSdp.read(body), MsrpSdp.read(body).filter(MsrpSdp::takesText));
            if (offer.dialect.isEmpty() && offer.msrp.isEmpty()) {
                throw new RequestRefused(488, "Messages Only");
            }
            return offer;
        }

        MessageMode mode() {
            return dialect.isPresent() ? MessageMode.SESSION : MessageMode.MSRP;
        }
    }

    /** The invitation carries the first message: it is accepted exactly if that is delivered (interworking 3.5). */
    private void firstText(Incoming incoming, Session session, Content.Text text) {
        Message message = talks.message(incoming, session.pair(), text, Message.Style.CHAT);
        talks.pass(incoming, new Event.Said(session.inside(), session.outside(), message), outcome -> {
            if (outcome instanceof DeliveryOutcome.Failed) {
                session.over();
                talks.answer(incoming, Outcomes.inSession(outcome), session.outside());
            } else if (incoming.transaction().answered()) {
                session.over(); // cancelled meanwhile
            } else {
                opened(session);
                accept(incoming, session, true);
            }
        });
    }

    private static void accept(Incoming incoming, Session session, boolean consumed) {
        String tag = session.dialog().tag();
        SIPResponse response = incoming.transaction().response(SIPResponse.OK);
        if (!incoming.request().hasToTag()) {
            response.setToTag(tag);
        }
        response.addHeader(SipParser.header(
                "Contact", OutgoingRequest.contactOf(tag, incoming.transaction().flow())));
        response.addHeader(SipParser.header("Allow", Requests.ALLOW));
        if (consumed) {
            response.addHeader(SipParser.header("Supported", FIRST_TEXT));
        }
        session.timer().agree(incoming, response);
        String sdp = session.medium().answer();
        try {
            response.setContent(sdp, (ContentTypeHeader) SipParser.header("Content-Type", MessageSdp.MEDIA_TYPE));
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
        incoming.transaction().respond(response);
    }

    private Session known(Incoming incoming) throws RequestRefused {
        Session session = byTag.get(incoming.request().getToTag());
        if (session == null) {
            throw new RequestRefused(481);
        }
        session.dialog().received(incoming);
        SessionTimer.check(incoming);
        return session;
    }

    /** Takes a MESSAGE within a session. */
    void messaged(Incoming incoming) throws RequestRefused {
        Session session = known(incoming);
        session.touch();
        Content content = incoming.content();
        if (content instanceof Content.Text text && !text.body().text().isEmpty()) {
            Message message = talks.message(incoming, session.pair(), text, Message.Style.CHAT);
            Event said = new Event.Said(session.inside(), session.outside(), message);
            talks.pass(
                    incoming, said, outcome -> talks.answer(incoming, Outcomes.inSession(outcome), session.outside()));
        } else {
            incoming.transaction().respond(SIPResponse.OK);
            if (content instanceof Content.Typing typing) {
                typed(session, typing.state());
            }
        }
    }

    /** Takes what came by a medium of its own. */
    void arrived(Session session, Content content, Consumer<DeliveryOutcome> done) {
        Pair pair = session.pair();
        if (content instanceof Content.Text text && !text.body().text().isEmpty()) {
            Message message = talks.message(pair, text, Message.Style.CHAT, "", Optional.empty());
            talks.pass(Environment.LINK, new Event.Said(session.inside(), session.outside(), message), done);
            return;
        }
        done.accept(new DeliveryOutcome.HandedOver());
        if (content instanceof Content.Typing typing) {
            typed(session, typing.state());
        } else if (content instanceof Content.Report report) {
            report.receipt().ifPresent(receipt -> received(session, receipt));
        }
    }

    /** Tells what became of a message from outside. */
    void received(Session session, Receipt receipt) {
        String conversation = talks.conversation(session.pair());
        environment.accept(
                new Event.Acknowledged(session.inside(), session.outside(), conversation, receipt),
                Environment.LINK,
                ignored -> {});
    }

    /** Takes an INFO: keyboard activity, or what nobody here minds. It is accepted in any case (interworking 3.6). */
    void informed(Incoming incoming) throws RequestRefused {
        Session session = known(incoming);
        session.touch();
        incoming.transaction().respond(SIPResponse.OK);
        ComposingBody.readKeyboard(incoming.text().body()).ifPresent(state -> typed(session, state));
    }

    /** Takes a request that changes nothing, but may keep the session alive. */
    void confirmed(Incoming incoming) throws RequestRefused {
        Session session = known(incoming);
        SIPResponse response = incoming.transaction().response(SIPResponse.OK);
        session.timer().agree(incoming, response);
        incoming.transaction().respond(response);
    }

    private void typed(Session session, Composing state) {
        String conversation = talks.conversation(session.pair());
        environment.accept(
                new Event.Typing(session.inside(), session.outside(), conversation, state),
                Environment.LINK,
                ignored -> {});
    }

    /** Takes a BYE. */
    void left(Incoming incoming) throws RequestRefused {
        Session session = known(incoming);
        incoming.transaction().respond(SIPResponse.OK);
        session.over();
        typed(session, Composing.GONE);
    }

    /** Ends all sessions. */
    void stop() {
        List<Session> all = new ArrayList<>(byTag.values());
        all.forEach(Session::end);
    }
}
