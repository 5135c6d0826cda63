// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.net.connection.Destination;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a request finds its way: checks, policy with what it needs looked up, safeguards, route, connection (interworking
 * 1.2). What comes of each step goes to the {@link Exchange}, on its loop; steps that wait go on there.
 */
final class Course {
    private static final Logger LOG = LoggerFactory.getLogger(Course.class);

    private final Relay relay;
    private final Exchange exchange;
    private final SipRequest request;
    private final Hop source;
    private EdgeSettings edge;
    private Path path;
    private int hash;
    private Envelope envelope;
    private Verdict verdict;
    private Optional<Names> names = Optional.empty();
    private int attempts;

    Course(Relay relay, Exchange exchange) {
        this.relay = relay;
        this.exchange = exchange;
        this.request = exchange.request();
        this.source = exchange.source();
    }

    /**
     * Takes the request from its arrival to its first target, as far as that goes without waiting.
     *
     * @throws SipSyntaxException if a part of it that matters is malformed
     */
    void begin() throws SipSyntaxException {
        if (relay.isDraining() && request.method().isAnswered()) {
            exchange.refuse(Rejection.of(Reason.SHUTTING_DOWN));
            return;
        }
        Optional<Policy> policy = relay.surroundings().policy();
        if (policy.isEmpty()) {
            exchange.refuse(Rejection.of(Reason.NOT_CONFIGURED));
            return;
        }
        edge = policy.get().edge();
        OwnNames own = relay.ownNames();
        if (Gate.asksThisEdge(request, own)) {
            exchange.answerCapabilities();
            return;
        }
        path = Path.of(request, own);
        hash = Branch.hash(request, path.routes(), source.name());
        Rejection refused = Gate.check(request, hash, own);
        if (path.requestUri().isSip()) {
            readEnvelope();
        }
        if (refused == null && !isRouteSetValid()) {
            refused = Rejection.of(Reason.ROUTE_SET_INVALID);
        }
        if (refused != null) {
            exchange.refuse(refused);
        } else if (envelope == null) {
            exchange.refuse(Rejection.of(Reason.NOT_OUR_DOMAIN));
        } else if (isOfOwnUser() && relay.handover().isOfWatchers(source, request)) {
            leaveSip();
        } else {
            decide(policy.get());
        }
    }

    private void readEnvelope() throws SipSyntaxException {
        try {
            envelope = EnvelopeReader.read(request, path, source, edge);
        } catch (IllegalArgumentException noAddressOfADomain) {
            LOG.debug("{}: {}", source.name(), noAddressOfADomain.getMessage());
        }
    }

    /**
     * A dialog from outside comes back by our Record-Route with its seal, or for a user of ours; a route set of somebody
     * else is not followed (interworking 1.1). A Route of ours without the seal is what anybody can write: it leads to
     * this edge and no further.
     */
    private boolean isRouteSetValid() throws SipSyntaxException {
        Direction direction = Direction.from(source.side());
        if (direction == Direction.OUTBOUND) {
            return true;
        }
        if (isSealed(direction)) {
            return true;
        }
        boolean forUserOfOurs = envelope != null
                && path.requestUri().host().equals(envelope.recipient().domain().value());
        boolean leadsFurther = path.swapped() || path.next().isPresent();
        return !leadsFurther && (!request.isInDialog() || forUserOfOurs);
    }

    private boolean isSealed(Direction direction) throws SipSyntaxException {
        Optional<SipUri> sealed = path.isOurs() ? path.sealed(request) : Optional.empty();
        return sealed.isPresent() && source.loop.seal.fits(sealed.get(), request, direction);
    }

    private boolean isOfOwnUser() {
        return edge.sipDomains().contains(envelope.sender().domain())
                && envelope.sender().equals(envelope.recipient());
    }

    private void decide(Policy policy) {
        verdict = policy.decide(envelope);
        if (verdict.outcome() != Verdict.Outcome.LOOK_UP) {
            settle();
            return;
        }
        if (envelope.record().status() != FederationRecord.Status.NOT_ASKED) {
            throw new IllegalStateException("policy asks twice for a federation record");
        }
        Optional<FederationRecord> cached = relay.surroundings().locator().cached(envelope.foreignDomain());
        if (cached.isPresent()) {
            decideWith(cached.get(), policy);
            return;
        }
        relay.surroundings()
                .locator()
                .look(envelope.foreignDomain())
                .whenComplete((found, failure) -> source.loop.run(() -> {
                    if (exchange.isRouting()) {
                        FederationRecord failed =
                                new FederationRecord(FederationRecord.Status.FAILED, List.of(), "the look-up failed");
                        exchange.guarded(() -> decideWith(failure == null ? found : failed, policy));
                    }
                }));
    }

    private void decideWith(FederationRecord found, Policy policy) {
        envelope = envelope.with(found);
        decide(policy);
    }

    private void settle() {
        if (verdict.allowed() && envelope.direction() == Direction.INBOUND) {
            Optional<Verdict> admitted =
                    relay.surroundings().safeguards().map(safeguards -> safeguards.admit(envelope, verdict));
            verdict = admitted.orElse(verdict);
            source.fixTrafficType(verdict.source());
        }
        if (!verdict.allowed()) {
            exchange.refuse(Rejection.ofVerdict(verdict.reason()));
        } else if (verdict.naming().isEmpty() || envelope.stranger().user().isEmpty()) {
            route();
        } else {
            findNames(verdict.naming().get());
        }
    }

    /** A dialog keeps the names it began with, which its sealed route set tells; any other request finds them out. */
    private void findNames(Naming naming) {
        try {
            if (request.isInDialog() && isSealed(envelope.direction())) {
                named(RouteSeal.names(path.sealed(request).orElseThrow()));
                return;
            }
        } catch (SipSyntaxException malformed) {
            exchange.refuse(Rejection.of(Reason.MALFORMED));
            return;
        }
        NameSearch search = new NameSearch(naming, relay.surroundings().networkAddresses());
        source.loop.searches.await(source.loop::run, envelope, search.search(envelope), found -> {
            if (exchange.isRouting()) {
                exchange.guarded(() -> found(found));
            }
        });
    }

    private void found(NameSearch.Found found) {
        if (found.address().isEmpty()) {
            verdict = verdict.refused(found.reason(), found.fact());
            exchange.refuse(Rejection.of(found.reason()));
            return;
        }
        Address known = envelope.stranger();
        Address other = found.address().get();
        boolean outbound = envelope.direction() == Direction.OUTBOUND;
        Names pair = outbound ? new Names(known, other) : new Names(other, known);
        try {
            SipUri.parse("sip:" + other);
            named(known.equals(other) ? names : Optional.of(pair));
        } catch (SipSyntaxException unwritable) {
            exchange.refuse(Rejection.of(Reason.PROVIDER_FAILED));
        }
    }

    private void named(Optional<Names> pair) throws SipSyntaxException {
        names = pair;
        if (pair.isPresent()) {
            path = path.to(pair.get().sent(path.requestUri(), envelope.direction()));
        }
        route();
    }

    /** Looks for the target, the first or the next. */
    void route() {
        Route route = verdict.route().orElseThrow();
        int attempt = ++attempts;
        if (route instanceof Route.Link) {
            leaveSip();
            return;
        }
        if (route instanceof Route.Home home && home.nextHop().isEmpty()) {
            Optional<Hop> element = relay.surroundings().home();
            reached(attempt, element.orElse(null), Reason.NO_HOME);
            return;
        }
        Destination destination = Destinations.of(route, wantedHost(), knownServers(), edge);
        int affinity = 31 * envelope.sender().hashCode() + envelope.recipient().hashCode();
        int limit = relay.settings().waitingPerDestination();
        relay.dispatcher()
                .reach(
                        relay.surroundings().connector(),
                        destination,
                        affinity,
                        limit,
                        (hop, reason) -> source.loop.run(() -> exchange.guarded(() -> reached(attempt, hop, reason))));
    }

    private void leaveSip() {
        if (relay.handover().isPossible()) {
            exchange.handOver();
        } else {
            exchange.refuse(Rejection.of(Reason.SHUTTING_DOWN));
        }
    }

    private Optional<HostPort> wantedHost() {
        try {
            return path.nextHost();
        } catch (SipSyntaxException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private FederationRecord knownServers() {
        if (path.routes().isEmpty() || envelope.record().status() != FederationRecord.Status.NOT_ASKED) {
            return envelope.record();
        }
        return relay.surroundings().locator().cached(envelope.foreignDomain()).orElse(envelope.record());
    }

    private void reached(int attempt, Hop hop, Reason reason) {
        if (exchange.isRouting() && attempt == attempts) {
            exchange.reached(hop, reason);
        }
    }

    /** Returns the settings in force when the request came; empty if it was refused before they mattered. */
    Optional<EdgeSettings> edge() {
        return Optional.ofNullable(edge);
    }

    Path path() {
        return path;
    }

    /** Returns the two names of the person outside, if they differ. */
    Optional<Names> names() {
        return names;
    }

    int hash() {
        return hash;
    }

    int attempts() {
        return attempts;
    }

    /** Returns what policy judged; null if the request was refused before. */
    Envelope envelope() {
        return envelope;
    }

    /** Returns what policy said; null if the request was refused before. */
    Verdict verdict() {
        return verdict;
    }
}
