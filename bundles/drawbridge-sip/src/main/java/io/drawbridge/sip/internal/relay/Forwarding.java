// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.drawbridge.sip.internal.trust.HeaderTrust;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the copies that are sent on (RFC 3261 sections 16.6 and 16.7): Via, Record-Route, Route, Max-Forwards and the
 * headers of trust change, everything else stays as it came.
 */
final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
    private static final int FIRST_FAILURE = 400;

    private Forwarding() {}

    static ByteBuf request(Exchange exchange, Hop target, String branch) throws SipSyntaxException {
        SipRequest request = exchange.request();
        Hop source = exchange.source();
        SipRewrite rewrite = SipRewrite.of(request).insert(HeaderName.VIA, target.via(branch));
        if (isRecordRouted(request)) {
            recordRoute(rewrite, exchange, target);
        }
        exchange.course().path().apply(rewrite, request);
        rename(rewrite, request, exchange, false);
        rewrite.setMaxForwards(request.maxForwards() - 1).markTopVia(source.remote());
        Direction direction = Direction.from(source.side());
        EdgeSettings edge = exchange.course().edge().orElseThrow();
        exchange.counters().add(stripped(direction), HeaderTrust.strip(rewrite, direction, edge));
        if (direction == Direction.INBOUND) {
            HeaderTrust.vouch(
                    rewrite, exchange.course().verdict(), target.announced().host(), source.name());
        } else {
            HeaderTrust.introduce(rewrite, edge);
        }
        return write(rewrite, target);
    }

    /** The value towards outside is sealed; the home is believed without. */
    private static void recordRoute(SipRewrite rewrite, Exchange exchange, Hop target) throws SipSyntaxException {
        SipRequest request = exchange.request();
        Hop source = exchange.source();
        Direction direction = Direction.from(source.side());
        String scheme = request.requestUri().scheme();
        Optional<Names> names = exchange.course().names();
        String seal = source.loop.seal.of(request, direction, names);
        boolean inbound = direction == Direction.INBOUND;
        String above = inbound
                ? Path.recordRoute(target.announced(), scheme)
                : Path.sealedRecordRoute(target.announced(), scheme, seal, names);
        String below = inbound
                ? Path.sealedRecordRoute(source.announced(), scheme, seal, names)
                : Path.recordRoute(source.announced(), scheme);
        rewrite.insert(HeaderName.RECORD_ROUTE, above).insert(HeaderName.RECORD_ROUTE, below);
    }

    /**
     * What can begin a dialog; of the event framework every NOTIFY, since one of them begins it (RFC 6665 section 4.3).
     */
    private static boolean isRecordRouted(SipRequest request) {
        return switch (request.method()) {
            case INVITE, SUBSCRIBE, REFER -> !request.isInDialog();
            case NOTIFY, BENOTIFY -> true;
            default -> false;
        };
    }

    static ByteBuf response(Exchange exchange, SipResponse response, Hop answerer) {
        Hop source = exchange.source();
        SipRewrite rewrite = SipRewrite.of(response).removeTop(HeaderName.VIA, 1);
        if (response.status() == 503) {
            // The next server is overloaded, not this edge (RFC 3261 section 16.7, item 6).
            rewrite.setStatus(500, "Server Internal Error");
        } else if (response.status() == 408 && exchange.request().method() != SipMethod.INVITE) {
            rewrite.setStatus(504, "Server Time-out");
        }
        rename(rewrite, response, exchange, true);
        Direction direction = Direction.from(answerer.side());
        if (direction == Direction.INBOUND) {
            logDiagnostics(response, answerer);
        }
        exchange.counters()
                .add(
                        stripped(direction),
                        HeaderTrust.strip(
                                rewrite, direction, exchange.course().edge().orElseThrow()));
        if (direction == Direction.INBOUND) {
            String self = source.announced().host();
            HeaderTrust.vouch(rewrite, exchange.course().verdict(), self, answerer.name());
            if (response.status() >= FIRST_FAILURE) {
                rewrite.append(HeaderName.MS_DIAGNOSTICS, foreignFailure(exchange, answerer, self));
            }
        }
        return write(rewrite, source);
    }

    private static Count stripped(Direction direction) {
        return direction == Direction.INBOUND ? Count.STRIPPED_INBOUND : Count.STRIPPED_OUTBOUND;
    }

    /** What a partner says of a failure stays here; people inside learn where it came from (lync-edge 6.7). */
    private static String foreignFailure(Exchange exchange, Hop answerer, String self) {
        return "1034;reason=\"the federated peer refused and its diagnostics do not cross\";Domain=\""
                + exchange.course().envelope().foreignDomain() + "\";PeerServer=\"" + answerer.name() + "\";source=\""
                + self
                + "\"";
    }

    private static void logDiagnostics(SipResponse response, Hop answerer) {
        if (LOG.isInfoEnabled()) {
            Optional<Octets> told = response.headers()
                    .first(HeaderName.MS_DIAGNOSTICS_PUBLIC)
                    .or(() -> response.headers().first(HeaderName.MS_DIAGNOSTICS));
            told.ifPresent(text -> LOG.info("{}: {}: {}", answerer.name(), response.status(), printable(text)));
        }
    }

    private static String printable(Octets text) {
        return text.unfolded().replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Makes the CANCEL of an INVITE that was sent on (RFC 3261 section 9.1), with the sender's Reason.
     *
     * @param reason the Reason value, if there is one
     */
    static ByteBuf cancel(Exchange exchange, Hop target, String branch, Optional<Octets> reason)
            throws SipSyntaxException {
        StringBuilder text = hopByHop(exchange, target, branch, "CANCEL", sentTo(exchange));
        reason.ifPresent(
                value -> text.append("Reason: ").append(value.unfolded()).append("\r\n"));
        return write(text, target);
    }

    /** Makes the ACK of a refusal of an INVITE that was sent on (RFC 3261 section 17.1.1.3). */
    static ByteBuf acknowledgement(Exchange exchange, Hop target, String branch, SipResponse refusal)
            throws SipSyntaxException {
        return write(
                hopByHop(exchange, target, branch, "ACK", refusal.to().raw().toString()), target);
    }

    private static StringBuilder hopByHop(Exchange exchange, Hop target, String branch, String method, String to)
            throws SipSyntaxException {
        SipRequest request = exchange.request();
        StringBuilder text = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(exchange.course().path().sentUri())
                .append(" SIP/2.0\r\nVia: ")
                .append(target.via(branch))
                .append("\r\n");
        for (String route : exchange.course().path().sentRoutes()) {
            text.append("Route: ").append(route).append("\r\n");
        }
        return text.append("Max-Forwards: 70\r\nFrom: ")
                .append(sentFrom(exchange))
                .append("\r\nTo: ")
                .append(to)
                .append("\r\nCall-ID: ")
                .append(request.callId())
                .append("\r\nCSeq: ")
                .append(request.cSeq().number())
                .append(' ')
                .append(method)
                .append("\r\nContent-Length: 0\r\n");
    }

    private static void rename(SipRewrite rewrite, SipMessage message, Exchange exchange, boolean answer) {
        Optional<Names> names = exchange.course().names();
        if (names.isEmpty()) {
            return;
        }
        try {
            names.get().apply(rewrite, message, Direction.from(exchange.source().side()), answer);
        } catch (SipSyntaxException impossible) {
            throw new IllegalStateException("an address that was read before", impossible);
        }
    }

    private static String sentFrom(Exchange exchange) throws SipSyntaxException {
        NameAddr from = exchange.request().from();
        Optional<Names> names = exchange.course().names();
        return names.isEmpty()
                ? from.raw().toString()
                : names.get().sentFrom(from, Direction.from(exchange.source().side()));
    }

    private static String sentTo(Exchange exchange) throws SipSyntaxException {
        NameAddr to = exchange.request().to();
        Optional<Names> names = exchange.course().names();
        return names.isEmpty()
                ? to.raw().toString()
                : names.get().sentTo(to, Direction.from(exchange.source().side()));
    }

    private static ByteBuf write(StringBuilder text, Hop target) {
        text.append("\r\n");
        ByteBuf buffer = target.buffer(ByteBufUtil.utf8MaxBytes(text));
        ByteBufUtil.writeUtf8(buffer, text);
        return buffer;
    }

    private static ByteBuf write(SipRewrite rewrite, Hop target) {
        ByteBuf buffer = target.buffer(rewrite.size());
        rewrite.writeTo(buffer);
        return buffer;
    }
}
