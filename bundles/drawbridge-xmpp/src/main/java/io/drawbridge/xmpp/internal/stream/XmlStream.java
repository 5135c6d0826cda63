// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Limits;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamEvents;
import io.drawbridge.xmpp.internal.codec.StreamHeader;
import io.drawbridge.xmpp.internal.codec.StreamReader;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream on one connection: its octets, its end, and whether anybody is still there. What is negotiated and what
 * stanzas may pass is its {@link Role}'s matter. Belongs to the connection's event loop, but for what says otherwise.
 */
final class XmlStream extends ChannelInboundHandlerAdapter implements StreamEvents {
    private static final Logger log = LoggerFactory.getLogger(XmlStream.class);

    private final Connection connection;
    private final StreamSurroundings around;
    private final StreamReader reader = new StreamReader(this);
    private final Role role;
    private final Acks acks = new Acks();
    private final Intake intake;
    private final Set<Outbox> outboxes = new LinkedHashSet<>();
    private final Instant began;
    private Instant heard;
    private Instant spoke;
    private Instant lastStanza;
    private Instant closing;
    private Instant pinged;
    private StreamLimits peer = new StreamLimits(Optional.empty(), Optional.empty());
    private boolean headerSent;
    private boolean broken;
    private boolean ended;
    private Failure why = Failure.of(Reason.CONNECTION_LOST, "the connection was lost");

    XmlStream(Connection connection, StreamSurroundings around, Function<XmlStream, Role> role) {
        this.connection = connection;
        this.around = around;
        began = around.clock().instant();
        heard = began;
        spoke = began;
        lastStanza = began;
        intake = new Intake(around.clock(), connection.channel().eventLoop(), count -> say(Markup.ack(count)));
        this.role = role.apply(this);
    }

    /** Takes the connection over. */
    void start() {
        connection.channel().pipeline().addLast("stream", this);
    }

    Connection connection() {
        return connection;
    }

    Role role() {
        return role;
    }

    /** Thread-safe. */
    EventLoop loop() {
        return connection.channel().eventLoop();
    }

    /** Thread-safe. */
    boolean isWritable() {
        return connection.channel().isWritable();
    }

    boolean hasTls() {
        return connection.tls().isPresent();
    }

    /** Returns whether the peer's certificate is trusted and names a domain (interworking 4.7). */
    boolean proves(DomainName domain) {
        return connection.peer().filter(peer -> peer.namesXmppDomain(domain)).isPresent();
    }

    /** Returns why it does not prove a domain, for people. */
    String doubt(DomainName domain) {
        return connection.distrust().orElseGet(() -> connection
                .peer()
                .map(peer -> "the certificate of " + peer.displayName() + " is not one for " + domain)
                .orElse("the partner's server showed no certificate"));
    }

    Acks acks() {
        return acks;
    }

    Intake intake() {
        return intake;
    }

    /** Says something, unless everything was said. */
    void say(String xml) {
        if (closing != null) {
            return;
        }
        spoke = around.clock().instant();
        write(xml);
        connection.channel().flush();
    }

    void open(String header) {
        headerSent = true;
        say(header);
    }

    private ChannelFuture write(String xml) {
        return connection.channel().write(Unpooled.wrappedBuffer(xml.getBytes(StandardCharsets.UTF_8)));
    }

    /** The peer says what it takes; what it says nothing of is as before. */
    void observe(StreamLimits limits) {
        peer = limits.or(peer);
    }

    /** Lets stanzas of an outbox go out here, to a partner that is so surely known. */
    void carry(Outbox outbox, Trust trust) {
        outboxes.add(outbox);
        outbox.ready(this, trust, around.clock().instant());
    }

    /** Writes a stanza without flushing. */
    void send(Sending sending) {
        byte[] octets = sending.stanza().xml().getBytes(StandardCharsets.UTF_8);
        if (peer.octets().filter(most -> octets.length > most).isPresent()) {
            sending.fail(Failure.tooLarge(peer.octets().get()));
            return;
        }
        lastStanza = around.clock().instant();
        spoke = lastStanza;
        around.counters().stanza(false, sending.stanza().kind().element());
        if (acks.countsSent()) {
            acks.sent(sending);
        }
        connection.channel().write(Unpooled.wrappedBuffer(octets)).addListener(done -> {
            if (done.isSuccess()) {
                sending.written();
            }
            if (!acks.countsSent()) {
                if (done.isSuccess()) {
                    sending.handedOver();
                } else {
                    sending.lost(why);
                }
            }
        });
    }

    /** The peer has handled so many; what was sent since it was asked is asked for now. */
    void acknowledged(String count) throws StreamViolation {
        acks.acknowledged(count);
        flush();
    }

    void flush() {
        if (acks.countsSent() && acks.ask()) {
            write(Markup.ACK_WANTED);
        }
        connection.channel().flush();
    }

    /** Expects a new header, after what was negotiated. */
    void restart() throws StreamViolation {
        reader.restart();
        headerSent = false;
    }

    /** Stanzas may be as large as configured from now on. */
    void trust() {
        reader.limit(Limits.of(around.settings().largestStanza()));
    }

    CompletionStage<Void> secure() {
        return connection.secure();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            ByteBuf octets = (ByteBuf) message;
            if (broken || ended) {
                return;
            }
            heard = around.clock().instant();
            pinged = null;
            byte[] copy = new byte[octets.readableBytes()];
            octets.readBytes(copy);
            reader.feed(copy, copy.length);
        } catch (StreamViolation violation) {
            violated(violation);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** What happens outside of reading may find that a rule was broken too. */
    void violated(StreamViolation violation) {
        log.warn("{}: ended with {}: {}", this, violation.condition().element(), violation.getMessage());
        fail(violation.condition(), violation.detail(), Failure.of(Reason.MALFORMED, violation.getMessage()));
    }

    /** Returns whether nobody has begun to end it. */
    boolean isOpen() {
        return !broken && !ended && closing == null;
    }

    /** Ends the stream with an error. */
    void fail(StreamCondition condition, Failure reason) {
        fail(condition, "", reason);
    }

    private void fail(StreamCondition condition, String detail, Failure reason) {
        if (broken || ended) {
            return;
        }
        broken = true;
        why = reason;
        around.counters().ended(condition.element(), false);
        if (!headerSent) {
            open(role.header());
        }
        // Whatever came will have its outcome, so the peer must not tell its senders that it did not arrive.
        say(lastCount() + Markup.error(condition, detail) + Markup.END);
        connection.channel().close();
    }

    /** Ends the stream because what was wanted of it cannot be had. */
    void giveUp(Failure reason) {
        why = reason;
        close();
    }

    /** Ends the stream in order: the peer has a moment to end its own. */
    void close() {
        if (ended || closing != null) {
            return;
        }
        if (headerSent && !broken) {
            sayFarewell();
        } else {
            closing = around.clock().instant();
            leaveOutboxes();
            connection.channel().close();
        }
    }

    /** The last count tells the peer what has not arrived, whatever it sends from now on (XEP-0198 section 4). */
    private void sayFarewell() {
        say(lastCount() + Markup.END);
        closing = around.clock().instant();
        leaveOutboxes();
    }

    private String lastCount() {
        return intake.counts() ? Markup.ack(intake.last()) : "";
    }

    @Override
    public void opened(StreamHeader header) throws StreamViolation {
        role.opened(header);
    }

    @Override
    public void element(Element element) throws StreamViolation {
        if (element.is(Namespaces.STREAM, "error")) {
            failedByPeer(element);
            return;
        }
        acks.goesOn();
        role.said(element);
    }

    /** The peer has ended the stream. What its last count leaves out goes on another one, before whatever waits. */
    private void concluded() {
        if (acks.isConcluded()) {
            List<Sending> rest = acks.rest();
            rest.forEach(sending -> sending.notArrived(why));
            proceedElsewhere(rest);
        }
    }

    /** An outbox that has left hears nothing more of this stream, and has something to send again. */
    private void proceedElsewhere(List<Sending> rest) {
        rest.stream()
                .map(Sending::outbox)
                .distinct()
                .filter(outbox -> !outboxes.contains(outbox))
                .forEach(Outbox::proceed);
    }

    private void failedByPeer(Element error) {
        StreamCondition condition = error.child(Namespaces.STREAM_ERRORS)
                .flatMap(child -> StreamCondition.of(child.name()))
                .orElse(StreamCondition.UNDEFINED_CONDITION);
        log.warn("{}: the peer ended it with {}", this, condition.element());
        around.counters().ended(condition.element(), true);
        why = Failure.of(condition);
        concluded();
        broken = true;
        connection.channel().close();
    }

    @Override
    public void stanza(Stanza stanza) throws StreamViolation {
        lastStanza = heard;
        acks.goesOn();
        boolean concluded = intake.counts() && closing != null;
        if (!concluded) {
            intake.took(role.stanza(stanza));
        }
    }

    @Override
    public void closed() {
        concluded();
        if (closing == null) {
            sayFarewell();
        }
        connection.channel().close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (isWritable()) {
            outboxes.forEach(Outbox::proceed);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{}: {}", this, String.valueOf(cause.getMessage()));
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!ended) {
            ended = true;
            List<Sending> rest = acks.rest();
            rest.forEach(sending -> sending.lost(why));
            proceedElsewhere(rest);
            role.ended(why);
            leaveOutboxes();
            around.gone(this);
        }
        context.fireChannelInactive();
    }

    private void leaveOutboxes() {
        List<Outbox> left = new ArrayList<>(outboxes);
        outboxes.clear();
        Instant now = around.clock().instant();
        left.forEach(outbox -> outbox.gone(this, why, now));
    }

    /** Looks at the clock, about once a second. */
    void tick(Instant now) {
        if (ended) {
            return;
        }
        XmppSettings settings = around.settings();
        if (closing != null) {
            if (now.isAfter(closing.plus(XmppSettings.CLOSING))) {
                connection.channel().close();
            }
        } else if (!role.ready()) {
            if (now.isAfter(began.plus(settings.establishment()))) {
                fail(StreamCondition.CONNECTION_TIMEOUT, Failure.TIMED_OUT);
            }
        } else {
            tickReady(now, settings);
        }
    }

    private void tickReady(Instant now, XmppSettings settings) {
        intake.answerIfDue();
        if (acks.countsSent() && acks.askAgain()) {
            say(Markup.ACK_WANTED);
        }
        Optional<Instant> expires = connection.peer().map(peer -> peer.notAfter());
        Optional<StreamCondition> unwelcome = role.unwelcome();
        if (expires.filter(now::isAfter).isPresent()) {
            fail(StreamCondition.RESET, Failure.of(Reason.CONNECTION_LOST, "the partner's certificate expired"));
        } else if (unwelcome.isPresent()) {
            fail(unwelcome.get(), Failure.unserved(unwelcome.get(), role.partnerName()));
        } else if (acks.isLate(now) || (pinged != null && now.isAfter(pinged.plus(XmppSettings.PING_ANSWER)))) {
            fail(StreamCondition.CONNECTION_TIMEOUT, Failure.TIMED_OUT);
        } else if (now.isAfter(lastStanza.plus(settings.inactivity()))) {
            close();
        } else if (connection.accepted() && role.expectsKeepAlive() && now.isAfter(heard.plus(settings.keepAlive()))) {
            fail(StreamCondition.CONNECTION_TIMEOUT, Failure.TIMED_OUT);
        } else if (pinged == null && role.canAsk() && now.isAfter(heard.plus(XmppSettings.PING_AFTER))) {
            pinged = now;
            role.ask();
        } else if (now.isAfter(spoke.plus(silence(settings)))) {
            say(" ");
        }
    }

    /** Returns how long nothing need be said: half of what is allowed. */
    private Duration silence(XmppSettings settings) {
        Duration allowed = peer.idle()
                .filter(idle -> idle.compareTo(settings.keepAlive()) < 0)
                .orElse(settings.keepAlive());
        return allowed.dividedBy(2);
    }

    @Override
    public String toString() {
        return connection.id() + " " + (connection.accepted() ? "from " : "to ") + role.partnerName() + " ("
                + connection.remote() + ")";
    }
}
