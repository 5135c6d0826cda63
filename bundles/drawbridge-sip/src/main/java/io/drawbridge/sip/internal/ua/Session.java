// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.ClientTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.MessageSdp;
import io.drawbridge.sip.internal.map.SipAddresses;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A message session with a user of the home: a dialog, whose messages go by its {@link Medium} (interworking 6.6). Owned
 * by the user agent's thread.
 */
final class Session implements Carrier, Medium.Inlet {
    private static final int FIRST_FINAL = 200;
    private static final int FIRST_REFUSAL = 300;
    private static final int NOT_ALLOWED = 405;
    private static final int TIMED_OUT = 408;
    private static final int INTERVAL_TOO_SMALL = 422;
    private static final int NO_SUCH_DIALOG = 481;
    private static final int NOT_ACCEPTABLE_HERE = 488;
    private static final int NOT_IMPLEMENTED = 501;
    private final Sessions sessions;
    private final Pair pair;
    private final Instance inside;
    private final Instance outside;
    private final Dialog dialog;
    private final SessionTimer timer;
    private State state;
    private Medium medium;
    private Timers.Timer idle = Timers.Timer.NONE;
    private Timers.Timer answer = Timers.Timer.NONE;
    private ClientTransaction invite;
    private boolean plain;
    private boolean updates = true;
    private long inviteSequence;
    private Delivery waiting;
    private Listener listener;

    private Session(Sessions sessions, Instance outside, Instance inside, Dialog dialog, State state) {
        this.sessions = sessions;
        this.pair = new Pair(outside.principal(), inside.principal());
        this.outside = outside;
        this.inside = inside;
        this.dialog = dialog;
        this.state = state;
        this.timer = new SessionTimer(sessions.environment(), this::refresh, this::end);
    }

    /** Prepares a session that opens with the first message. */
    static Session lazy(Sessions sessions, Instance outside, Instance inside) {
        Outgoing outgoing = sessions.outgoing();
        Dialog dialog = Dialog.asking(
                "<" + SipAddresses.uri(outside.principal()) + ">",
                SipAddresses.epid(outside),
                sessions.address(inside),
                outgoing.token(),
                outgoing.token());
        return new Session(sessions, outside, inside, dialog, State.NEW);
    }

    /** Takes over a session that the home opened. */
    static Session accepted(Sessions sessions, Instance outside, Instance inside, Dialog dialog) {
        return new Session(sessions, outside, inside, dialog, State.OPEN);
    }

    /** Sends its messages by {@code how}; called once, before anything else. */
    Session by(Medium how) {
        medium = how;
        return this;
    }

    Medium medium() {
        return medium;
    }

    Pair pair() {
        return pair;
    }

    Dialog dialog() {
        return dialog;
    }

    /** Returns the user of the home. */
    Instance inside() {
        return inside;
    }

    /** Returns the person outside. */
    Instance outside() {
        return outside;
    }

    SessionTimer timer() {
        return timer;
    }

    boolean isUsable() {
        return state != State.ENDED;
    }

    /** Something happened in it. */
    void touch() {
        idle.cancel();
        Duration limit =
                Duration.ofSeconds(sessions.environment().settings().get().sessionIdleSeconds());
        idle = timers().after(limit, this::end);
    }

    @Override
    public void carry(Delivery delivery, Listener who) {
        waiting = delivery;
        listener = who;
        boolean said = delivery.event() instanceof Event.Said;
        switch (state) {
            case NEW -> {
                if (said) {
                    invite();
                } else {
                    over(); // nobody else knows it
                    result(Pager.noWay(), 0);
                }
            }
            case OPEN -> transmit();
            case INVITING -> {} // goes when the session opens
            case ENDED -> result(Outcomes.of(Reason.CONNECTION_LOST), 0);
        }
    }

    private void invite() {
        state = State.INVITING;
        sessions.opened(this);
        Duration patience =
                Duration.ofSeconds(sessions.environment().settings().get().sessionAnswerSeconds());
        answer = timers().after(patience, this::unanswered);
        sendInvite();
    }

    private void sendInvite() {
        OutgoingRequest request = timer.ask(dialog.request("INVITE"), false)
                .header("Ms-Conversation-ID", sessions.conversationId(pair))
                .header("Allow", Requests.ALLOW);
        if (waiting.event() instanceof Event.Said said
                && !said.message().subject().isEmpty()) {
            request.header("Subject", said.message().subject());
        }
        inviteSequence = dialog.sequence();
        request.body(MessageSdp.MEDIA_TYPE, medium.offer(plain));
        Duration left = waiting.left(sessions.environment().clock().instant());
        sessions.outgoing().send(request, dialog.wanted(), pair.hashCode(), left, new Invitation());
    }

    /** Tells the other side that this one is still there (RFC 4028 section 7.4). */
    private void refresh() {
        if (state != State.OPEN) {
            return;
        }
        OutgoingRequest request = timer.ask(dialog.request(updates ? "UPDATE" : "INVITE"), true);
        if (!updates) {
            request.header("Allow", Requests.ALLOW).body(MessageSdp.MEDIA_TYPE, medium.offer(plain));
        }
        sessions.outgoing()
                .send(
                        request,
                        dialog.wanted(),
                        pair.hashCode(),
                        TransactionLayer.TIMEOUT,
                        new Refresh(dialog.sequence()));
    }

    private void unanswered() {
        if (state == State.INVITING) {
            if (invite != null) {
                invite.cancel();
            }
            over();
            result(DeliveryOutcome.failed(Condition.RECIPIENT_UNAVAILABLE, Reason.TIMED_OUT), 0);
        }
    }

    private void transmit() {
        touch();
        if (waiting.event() instanceof Event.Typing typing && typing.state() == Composing.GONE) {
            end();
            result(new DeliveryOutcome.Delivered(), 0);
        } else if (!medium.carry(waiting, new Transmission())) {
            result(Pager.noWay(), 0);
        }
    }

    @Override
    public void arrived(Content content, Consumer<DeliveryOutcome> done) {
        touch();
        sessions.arrived(this, content, done);
    }

    @Override
    public void received(String messageId, boolean delivered) {
        sessions.received(this, new Receipt(messageId, delivered ? Receipt.Kind.DELIVERED : Receipt.Kind.FAILED));
    }

    @Override
    public void lost(Reason reason) {
        end();
    }

    private void result(DeliveryOutcome outcome, int status) {
        Delivery done = waiting;
        Listener who = listener;
        waiting = null;
        listener = null;
        if (done != null) {
            who.carried(done, outcome, status);
        }
    }

    /** Ends the session from this side. */
    void end() {
        if (state == State.OPEN) {
            over();
            sessions.outgoing()
                    .send(
                            dialog.request("BYE"),
                            dialog.wanted(),
                            pair.hashCode(),
                            TransactionLayer.TIMEOUT,
                            Outgoing.Listener.NOBODY);
        }
    }

    /** The other side ended it, or it is lost. */
    void over() {
        state = State.ENDED;
        idle.cancel();
        answer.cancel();
        timer.stop();
        sessions.closed(this);
        medium.close();
    }

    private Timers timers() {
        return sessions.environment().timers();
    }

    private enum State {
        NEW,
        INVITING,
        OPEN,
        ENDED
    }

    /** Waits for the answer to the INVITE. */
    private final class Invitation implements Outgoing.Listener {
        @Override
        public boolean isWanted() {
            return state == State.INVITING && !waiting.isDone();
        }

        @Override
        public void sent(ClientTransaction transaction) {
            invite = transaction;
        }

        @Override
        public void answered(SIPResponse response, SipFlow flow) {
            int status = response.getStatusCode();
            if (status >= FIRST_REFUSAL) {
                refused(response, status);
            } else if (status >= FIRST_FINAL) {
                dialog.answered(SipParser.text(response), response.getToTag());
                sessions.outgoing().acknowledge(dialog.acknowledgement(inviteSequence), flow);
                timer.agreed(response);
                accepted(response);
            }
        }

        private void accepted(SIPResponse response) {
            answer.cancel();
            if (state == State.ENDED) {
                state = State.OPEN; // answered after all, when nobody waited any longer
                end();
            } else if (state == State.INVITING) {
                state = State.OPEN;
                if (!medium.accepted(SipParser.text(response).body())) {
                    end();
                    result(
                            DeliveryOutcome.failed(Condition.NOT_ACCEPTABLE, Reason.ANSWERED_BY_PEER),
                            NOT_ACCEPTABLE_HERE);
                } else if (waiting == null || waiting.isDone()) {
                    touch();
                    result(Outcomes.of(Reason.TIMED_OUT), 0);
                } else {
                    transmit();
                }
            }
        }

        private void refused(SIPResponse response, int status) {
            if (state != State.INVITING) {
                return;
            }
            boolean better = status == INTERVAL_TOO_SMALL && timer.raise(response);
            boolean less = status == NOT_ACCEPTABLE_HERE
                    && !plain // interworking 6.3.3: once with plain text only
                    && !medium.offer(true).equals(medium.offer(false));
            plain |= less;
            if ((better || less) && !waiting.isDone()) {
                sendInvite();
            } else {
                over();
                result(Outcomes.of(response), status);
            }
        }

        @Override
        public void failed(Reason reason) {
            if (state == State.INVITING) {
                over();
                result(Outcomes.of(reason), 0);
            }
        }
    }

    /** Waits for the answer to a refresh: RFC 4028 section 10 says what ends the session. */
    private final class Refresh implements Outgoing.Listener {
        private final long sequence;

        Refresh(long sequence) {
            this.sequence = sequence;
        }

        @Override
        public boolean isWanted() {
            return state == State.OPEN;
        }

        @Override
        public void answered(SIPResponse response, SipFlow flow) {
            int status = response.getStatusCode();
            if (status < FIRST_FINAL) {
                return;
            }
            boolean invited = response.getCSeq().getMethod().equals("INVITE");
            if (status < FIRST_REFUSAL && invited) {
                dialog.answered(SipParser.text(response), response.getToTag());
                sessions.outgoing().acknowledge(dialog.acknowledgement(sequence), flow);
            }
            if (state == State.OPEN) {
                goesOn(response, status, invited);
            }
        }

        private void goesOn(SIPResponse response, int status, boolean invited) {
            if (status < FIRST_REFUSAL) {
                timer.agreed(response);
            } else if (status == INTERVAL_TOO_SMALL && timer.raise(response)) {
                refresh();
            } else if ((status == NOT_ALLOWED || status == NOT_IMPLEMENTED) && !invited) {
                updates = false;
                refresh();
            } else if (status == TIMED_OUT || status == NO_SUCH_DIALOG) {
                end();
            } else {
                timer.missed();
            }
        }

        @Override
        public void failed(Reason reason) {
            end();
        }
    }

    /** Waits for what comes of a message. */
    private final class Transmission implements Medium.Listener {
        @Override
        public void done(DeliveryOutcome outcome) {
            result(outcome, 0);
        }

        /** The other side has not shown the message: once more in another session. */
        @Override
        public void forgotten(DeliveryOutcome otherwise) {
            if (state == State.OPEN) {
                over();
                if (waiting != null && waiting.tryNewSession()) {
                    Delivery again = waiting;
                    Listener who = listener;
                    waiting = null;
                    sessions.again(Session.this).carry(again, who);
                    return;
                }
            }
            result(otherwise, 0);
        }

        @Override
        public void lost(Reason reason) {
            if (state == State.OPEN) {
                over();
            }
            result(Outcomes.of(reason), 0);
        }
    }
}
