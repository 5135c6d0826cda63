// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.config.HomeConfig;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.sip.Flows;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.lib.jainsip.TransactionLayer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Forwards requests to clients and to the relay (RFC 3261 section 16), over flows that exist and never by connecting to
 * an address a message names. Owned by the home's thread.
 */
public final class Proxy {
    /** Shorter than the sender's own time-out, so that it hears from us before it gives up. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(28);

    private static final Set<String> DIALOG_FORMING = Set.of("INVITE", "SUBSCRIBE", "REFER", "NOTIFY");
    private static final int MAX_BREADTH = 60;
    private final Supplier<HomeConfig> config;
    private final Supplier<Set<DomainName>> domains;
    private final Flows flows;
    private final LocationTable location;
    private final Timers timers;
    private final LoopDetection loops = new LoopDetection();
    private final Map<ServerTransaction, ForkedRequest> forks = new HashMap<>();
    private TransactionLayer transactions;

    /** Forwards over {@code flows}. */
    public Proxy(
            Supplier<HomeConfig> config,
            Supplier<Set<DomainName>> domains,
            Flows flows,
            LocationTable location,
            Timers timers) {
        this.config = config;
        this.domains = domains;
        this.flows = flows;
        this.location = location;
        this.timers = timers;
    }

    /** Sends through {@code layer}; called once, before anything else. */
    public void use(TransactionLayer layer) {
        transactions = layer;
    }

    /**
     * Says where the route set of a request leads: to a flow a Record-Route of ours named, or the client whose Contact
     * the Request-URI is.
     *
     * @return empty if it is a request that starts something, to be routed by whom it addresses
     * @throws RequestRefused if the way there is gone, or the route was made up
     */
    public Optional<Target> alongRoute(SIPRequest request, SipFlow ingress) throws RequestRefused {
        RoutePlan plan = RoutePlan.of(request, ingress, flows, domains.get());
        Optional<SipFlow> egress = plan.egress(flows);
        if (egress.isPresent()) {
            return egress.map(Target::of);
        }
        if (request.hasToTag() || plan.token().isPresent()) {
            Optional<Target> contact = location.withContact(
                            request.getRequestURI().toString())
                    .map(Binding::flow)
                    .map(Target::of);
            if (contact.isEmpty() && plan.token().isPresent()) {
                throw new RequestRefused(430, "Flow Failed"); // RFC 5626 section 5.3.1
            }
            return contact;
        }
        if (plan.further() && ingress.kind() == SipFlow.Kind.CLIENT) {
            return flows.relay().map(Target::of);
        }
        return Optional.empty();
    }

    /**
     * Forwards a request to every target at once.
     *
     * @param targets at least one
     * @throws RequestRefused if it cannot be forwarded; nothing was sent then
     */
    public void forward(ServerTransaction transaction, List<Target> targets) throws RequestRefused {
        SIPRequest request = transaction.request();
        String hash = loops.hash(request);
        loops.check(request, hash);
        int breadth = breadth(request, targets.size());
        Map<Target, SIPRequest> copies = new LinkedHashMap<>();
        for (Target target : targets) {
            copies.put(target, parse(outgoing(request, transaction.flow(), target, breadth, hash)));
        }
        ForkedRequest fork = new ForkedRequest(
                transaction, timers, Duration.ofSeconds(config.get().ringTime()), () -> forks.remove(transaction));
        forks.put(transaction, fork);
        copies.forEach((target, copy) -> fork.add(transactions.send(copy, target.flow(), ANSWER_TIME, fork)));
    }

    /** Forwards the ACK of a 2xx, which nobody answers, along its route; without a way it is dropped. */
    public void acknowledge(SIPRequest ack, SipFlow ingress) throws RequestRefused {
        Optional<Target> target = alongRoute(ack, ingress);
        if (target.isPresent()
                && ack.getMaxForwards() != null
                && ack.getMaxForwards().getMaxForwards() > 0) {
            SipText text = copy(ack, ingress, target.get());
            text.prepend("Via", transactions.via(target.get().flow(), loops.hash(ack)));
            transactions.sendStateless(parse(text), target.get().flow());
        }
    }

    /** The sender took its INVITE back, or is gone. */
    public void cancel(ServerTransaction transaction) {
        ForkedRequest fork = forks.get(transaction);
        if (fork != null) {
            fork.cancel();
        }
    }

    private SipText outgoing(SIPRequest request, SipFlow ingress, Target target, int breadth, String hash) {
        SipText text = copy(request, ingress, target);
        recordRoute(text, request, ingress, target.flow());
        text.set("Max-Breadth", Integer.toString(breadth));
        text.prepend("Via", transactions.via(target.flow(), hash));
        return text;
    }

    /** Section 16.6 steps 1 to 3 and 6: what is changed in the copy; all else stays as it came. */
    private SipText copy(SIPRequest request, SipFlow ingress, Target target) {
        SipText text = SipParser.text(request).copy();
        target.requestUri().ifPresent(uri -> text.startLine(request.getMethod() + " " + uri + " SIP/2.0"));
        int hops =
                request.getMaxForwards() == null ? 70 : request.getMaxForwards().getMaxForwards();
        text.set("Max-Forwards", Integer.toString(hops - 1));
        RoutePlan plan = RoutePlan.of(request, ingress, flows, domains.get());
        for (int i = 0; i < plan.ownRoutes(); i++) {
            text.removeFirstValue("Route");
        }
        if (ingress.kind() == SipFlow.Kind.CLIENT) {
            TrustHeaders.strip(text);
            text.remove("Proxy-Authorization"); // it was for us, and is nobody else's business
        }
        return text;
    }

    /** Section 16.6 step 4, doubled as in RFC 5658: each value names the way back on its side. */
    private void recordRoute(SipText text, SIPRequest request, SipFlow ingress, SipFlow egress) {
        if (DIALOG_FORMING.contains(request.getMethod()) && !request.hasToTag()) {
            boolean sips = "sips".equalsIgnoreCase(request.getRequestURI().getScheme());
            text.prepend("Record-Route", routeTo(ingress, sips));
            text.prepend("Record-Route", routeTo(egress, sips));
        }
    }

    private String routeTo(SipFlow flow, boolean sips) {
        return "<" + (sips ? "sips:" : "sip:") + flow.local() + (sips ? "" : ";transport=tls") + ";lr;" + RoutePlan.FLOW
                + "=" + flows.token(flow) + ">";
    }

    /** RFC 5393 section 5.3.3: how wide each branch may fork in turn. */
    private static int breadth(SIPRequest request, int branches) throws RequestRefused {
        Optional<String> value = SipParser.text(request).value("Max-Breadth");
        int allowed = value.filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(MAX_BREADTH);
        if (allowed < branches) {
            throw new RequestRefused(440, "Max-Breadth Exceeded");
        }
        return Math.min(allowed, MAX_BREADTH) / branches;
    }

    private static SIPRequest parse(SipText text) throws RequestRefused {
        try {
            return (SIPRequest) SipParser.parse(text.bytes());
        } catch (MalformedMessage broken) {
            throw new RequestRefused(SIPResponse.BAD_REQUEST, broken.getMessage());
        }
    }
}
