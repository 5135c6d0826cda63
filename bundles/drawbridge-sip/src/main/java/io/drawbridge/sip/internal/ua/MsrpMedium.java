// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.sip.internal.map.ComposingBody;
import io.drawbridge.sip.internal.map.Content;
import io.drawbridge.sip.internal.map.ErrorTables;
import io.drawbridge.sip.internal.map.MsrpSdp;
import io.drawbridge.sip.internal.map.Unmappable;
import io.drawbridge.sip.internal.msrp.MsrpUri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * The medium of RFC 4975: messages go by a TLS connection of their own (RFC 7573, interworking 6.6.1). Whoever offers
 * connects unless both know RFC 6135 and say otherwise; the gateway offers to do either and waits if it may.
 */
final class MsrpMedium implements Medium, MsrpEnd.Listener {
    private static final Duration TO_CONNECT = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 500;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TIMED_OUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;
    private static final int NO_SUCH_SESSION = 481;
    private final Environment environment;
    private final Inlet inlet;
    private final MsrpEnd end;
    private final Map<String, String> unreported = new Bounded<>(MOST_REMEMBERED);
    private final Map<String, Integer> awaited = new Bounded<>(MOST_REMEMBERED);
    private final Set<String> wrapped = Collections.newSetFromMap(new Bounded<>(MOST_REMEMBERED));
    private MsrpSdp remote;
    private String setup = "actpass";
    private boolean connects;
    private Held held;

    private MsrpMedium(Outgoing outgoing, MsrpEnds ends, MsrpUri uri, Inlet inlet) {
        this.environment = ends.environment();
        this.inlet = inlet;
        this.end = new MsrpEnd(ends, uri, outgoing::token, mostOctets(), this);
    }

    private int mostOctets() {
        return environment.settings().get().maxSessionMessageBytes();
    }

    /** Offers a session at {@code local}. */
    static MsrpMedium offering(Outgoing outgoing, MsrpEnds ends, HostPort local, Inlet inlet) {
        return new MsrpMedium(outgoing, ends, MsrpUri.of(local, outgoing.token()), inlet);
    }

    /** Accepts at {@code local} a session that the home offers. */
    static MsrpMedium accepting(Outgoing outgoing, MsrpEnds ends, HostPort local, MsrpSdp offer, Inlet inlet) {
        MsrpMedium medium = offering(outgoing, ends, local, inlet);
        boolean connects = offer.setup().equals("passive");
        medium.setup = connects ? "active" : "passive";
        medium.begin(offer, connects);
        return medium;
    }

    @Override
    public String offer(boolean plain) {
        return MsrpSdp.write(end.uri(), mostOctets(), setup);
    }

    @Override
    public String answer() {
        return MsrpSdp.write(end.uri(), mostOctets(), setup);
    }

    @Override
    public boolean accepted(byte[] description) {
        Optional<MsrpSdp> answer = MsrpSdp.read(description).filter(MsrpSdp::takesText);
        answer.ifPresent(usable -> begin(usable, !usable.setup().equals("active")));
        return answer.isPresent();
    }

    private void begin(MsrpSdp other, boolean toConnect) {
        remote = other;
        connects = toConnect;
        end.leadsTo(other.path());
        environment.timers().after(TO_CONNECT, () -> {
            if (end.line().isEmpty()) {
                lost();
            }
        });
        if (connects) {
            environment.msrp().connect(other.path().get(0).server(), other.fingerprints(), (line, reason) -> environment
                    .executor()
                    .execute(() -> connected(line, reason)));
        }
    }

    private void connected(MsrpLine line, Reason reason) {
        if (line == null) {
            lost(reason);
        } else if (!end.isOpen() || end.line().isPresent()) {
            line.close();
        } else if (line.isOpen()) {
            end.bind(line);
        } else {
            lost();
        }
    }

    /** Who connected says first whose connection it is: by the message that waits, or by an empty one. */
    @Override
    public void bound() {
        Held first = held;
        held = null;
        if (first != null && !first.delivery().isDone()) {
            transmit(first.delivery(), first.listener());
        } else if (first != null) {
            first.listener().done(Outcomes.of(Reason.TIMED_OUT));
        } else if (connects) {
            end.greet();
        }
    }

    @Override
    public boolean carry(Delivery delivery, Listener listener) {
        if (!hasWordFor(delivery.event())) {
            return false;
        }
        if (end.line().isPresent()) {
            transmit(delivery, listener);
        } else {
            held = new Held(delivery, listener);
        }
        return true;
    }

    private boolean hasWordFor(Event event) {
        if (event instanceof Event.Typing) {
            return remote.takes(ComposingBody.MEDIA_TYPE);
        }
        if (event instanceof Event.Acknowledged told) {
            String id = told.receipt().messageId();
            return wrapped.contains(id)
                    || (awaited.containsKey(id) && told.receipt().kind() == Receipt.Kind.DELIVERED);
        }
        return true;
    }

    private void transmit(Delivery delivery, Listener listener) {
        Event event = delivery.event();
        Duration left = delivery.left(environment.clock().instant());
        if (event instanceof Event.Said said) {
            say(said, left, listener);
        } else if (event instanceof Event.Typing typing) {
            MessageContent content = MessageContent.typing(typing);
            end.send(content.type(), "", content.text(), false, left, status -> answered(status, false, listener));
        } else if (event instanceof Event.Acknowledged told) {
            acknowledge(told, left, listener);
        }
    }

    private void say(Event.Said said, Duration left, Listener listener) {
        Message message = said.message();
        boolean seen = message.wanted().contains(Receipt.Kind.DISPLAYED);
        boolean envelope = remote.takesEnvelopes() && (seen || !remote.takes("text/plain"));
        MessageContent content =
                MessageContent.said(said, envelope, environment.clock().instant());
        int octets = content.text().getBytes(StandardCharsets.UTF_8).length;
        if (remote.maxSize() > 0 && octets > remote.maxSize()) {
            listener.done(DeliveryOutcome.failed(Condition.POLICY_VIOLATION, Reason.CONTENT_TOO_LARGE));
            return;
        }
        boolean report = message.wanted().contains(Receipt.Kind.DELIVERED);
        boolean handedOver = report || remote.path().size() > 1;
        String id = end.send(
                content.type(),
                content.language(),
                content.text(),
                report,
                left,
                status -> answered(status, handedOver, listener));
        if (report) {
            unreported.put(id, message.id());
        }
    }

    /** Behind a relay, 200 says that the relay has it; else the other end (section 7.2 of RFC 4975). */
    private static void answered(int status, boolean handedOver, Listener listener) {
        if (status == OK) {
            listener.done(handedOver ? new DeliveryOutcome.HandedOver() : new DeliveryOutcome.Delivered());
            return;
        }
        Condition condition = ErrorTables.condition(status);
        DeliveryOutcome failed = DeliveryOutcome.failed(condition, Reason.ANSWERED_BY_PEER);
        if (status == NO_SUCH_SESSION) {
            listener.forgotten(failed);
        } else {
            listener.done(status == TIMED_OUT ? Outcomes.of(Reason.TIMED_OUT) : failed);
        }
    }

    private void acknowledge(Event.Acknowledged told, Duration left, Listener listener) {
        String id = told.receipt().messageId();
        Integer octets = told.receipt().kind() == Receipt.Kind.DELIVERED ? awaited.remove(id) : null;
        if (octets != null) {
            end.report(id, octets);
        }
        if (!wrapped.contains(id)) {
            listener.done(new DeliveryOutcome.HandedOver());
            return;
        }
        MessageContent content = MessageContent.acknowledged(
                told, end.uri().session(), environment.clock().instant());
        end.send(content.type(), "", content.text(), false, left, status -> answered(status, true, listener));
    }

    @Override
    public void message(MsrpEnd.Message message, IntConsumer response) {
        Content content;
        try {
            content = Content.read(
                    message.type(), message.language(), message.content().octets());
        } catch (Unmappable why) {
            response.accept(why.status() == UNSUPPORTED ? UNSUPPORTED : BAD_REQUEST);
            return;
        }
        Content arrived = content instanceof Content.Text text ? identified(message, text) : content;
        CompletableFuture<DeliveryOutcome> first = new CompletableFuture<>();
        first.thenAccept(outcome -> response.accept(status(outcome)));
        inlet.arrived(arrived, first::complete);
    }

    /** The identifier of MSRP stands in for one of CPIM, and its report for that receipt (interworking 6.8). */
    private Content identified(MsrpEnd.Message message, Content.Text text) {
        String id = text.id().orElse(message.id());
        EnumSet<Receipt.Kind> wanted = EnumSet.noneOf(Receipt.Kind.class);
        wanted.addAll(text.wanted());
        if (!text.wanted().isEmpty()) {
            wrapped.add(id);
        }
        if (message.report()) {
            wanted.add(Receipt.Kind.DELIVERED);
            awaited.put(id, message.content().length());
        }
        return new Content.Text(text.body(), Optional.of(id), new HashSet<>(wanted));
    }

    private static int status(DeliveryOutcome outcome) {
        if (!(outcome instanceof DeliveryOutcome.Failed failed)) {
            return OK;
        }
        return switch (failed.condition()) {
            case BAD_REQUEST, JID_MALFORMED -> BAD_REQUEST;
            case NOT_ACCEPTABLE -> UNSUPPORTED;
            case POLICY_VIOLATION -> TOO_LARGE;
            case RECIPIENT_UNAVAILABLE, REMOTE_SERVER_NOT_FOUND, REMOTE_SERVER_TIMEOUT, RESOURCE_CONSTRAINT ->
                TIMED_OUT;
            default -> FORBIDDEN;
        };
    }

    @Override
    public void reported(String messageId, boolean delivered) {
        String said = unreported.remove(messageId);
        if (said != null) {
            inlet.received(said, delivered);
        }
    }

    @Override
    public void lost() {
        lost(Reason.CONNECTION_LOST);
    }

    /** The session ends, which the other side is told, before what waited is given back. */
    private void lost(Reason reason) {
        Held first = held;
        held = null;
        inlet.lost(reason);
        giveBack(first, reason);
    }

    @Override
    public void close() {
        Held first = held;
        held = null;
        end.close();
        giveBack(first, Reason.CONNECTION_LOST);
    }

    private static void giveBack(Held waited, Reason reason) {
        if (waited != null) {
            waited.listener().lost(reason);
        }
    }

    /** What waits for the connection. */
    private record Held(Delivery delivery, Listener listener) {}
}
