// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.net.connection.PeerCheck;
import io.drawbridge.sip.internal.relay.RelayCounters.Count;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way an answer takes when the connection its request came on is gone: a connection to the sent-by of the sender's
 * Via (RFC 3261 section 18.2.2). That is the sender's word, so it is believed only where something else vouches for it:
 * inside it must be one of the home's servers, outside a name of the very certificate the request came with, and only
 * for a request that policy allowed. The answer goes to whoever has that certificate and to nobody else.
 */
final class WayBack {
    private static final Logger LOG = LoggerFactory.getLogger(WayBack.class);

    private WayBack() {}

    /** Sends a final answer; one for which there is no way is dropped and counted. Called on the exchange's loop. */
    static void send(Relay relay, Exchange exchange, ByteBuf answer) {
        Optional<Destination> destination = destination(exchange);
        if (destination.isEmpty()) {
            drop(relay, exchange, answer);
            return;
        }
        relay.dispatcher()
                .reach(
                        relay.surroundings().connector(),
                        destination.get(),
                        exchange.key().hashCode(),
                        relay.settings().waitingPerDestination(),
                        (hop, reason) -> {
                            if (hop == null) {
                                drop(relay, exchange, answer);
                            } else {
                                relay.counters().add(Count.ANSWER_REROUTED);
                                hop.tell(null, answer);
                            }
                        });
    }

    private static void drop(Relay relay, Exchange exchange, ByteBuf answer) {
        answer.release();
        relay.counters().add(Count.SENDER_GONE);
        LOG.debug("{}: gone, its answer is lost: {}", exchange.source().name(), exchange.request());
    }

    private static Optional<Destination> destination(Exchange exchange) {
        Hop source = exchange.source();
        Course course = exchange.course();
        if (source.peer().isEmpty()
                || course.verdict() == null
                || !course.verdict().allowed()) {
            return Optional.empty();
        }
        HostPort sentBy = exchange.request().topVia().sentBy();
        EdgeSettings edge = course.edge().orElseThrow();
        return source.side() == Side.INSIDE
                ? Destinations.home(edge, Optional.of(sentBy))
                : Destinations.server(sentBy, new SamePeer(source.peer().get().fingerprint()), edge)
                        .filter(server -> source.peer().get().namesHost(server.name()));
    }

    /**
     * Whoever shows the certificate the request came with.
     *
     * @param fingerprint of that certificate
     */
    private record SamePeer(String fingerprint) implements PeerCheck {
        @Override
        public Optional<String> refusal(PeerIdentity identity, String host) {
            return identity.fingerprint().equals(fingerprint)
                    ? Optional.empty()
                    : Optional.of("the certificate of " + identity.subject() + " is not the one the request came with");
        }
    }
}
