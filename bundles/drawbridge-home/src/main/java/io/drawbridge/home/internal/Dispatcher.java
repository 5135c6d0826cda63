// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.home.Question.Origin;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.location.Binding;
import io.drawbridge.home.internal.location.LocationTable;
import io.drawbridge.home.internal.presence.PresenceAgent;
import io.drawbridge.home.internal.presence.Watcher;
import io.drawbridge.home.internal.proxy.Proxy;
import io.drawbridge.home.internal.proxy.Target;
import io.drawbridge.home.internal.registrar.Authenticator;
import io.drawbridge.home.internal.registrar.OutsideAccess;
import io.drawbridge.home.internal.registrar.Registrar;
import io.drawbridge.home.internal.sip.Flows;
import io.drawbridge.home.internal.sip.SipAddress;
import io.drawbridge.home.internal.users.User;
import io.drawbridge.home.internal.users.UserTable;
import io.drawbridge.lib.jainsip.RequestRefused;
import io.drawbridge.lib.jainsip.ServerTransaction;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.TransactionUser;
import io.drawbridge.lib.jainsip.UnreadableRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who processes a request: registrar, presence agent or proxy (RFC 3261 section 16.3 to 16.5). Whatever happens,
 * the request gets a final response. Owned by the home's thread.
 */
final class Dispatcher implements TransactionUser {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final List<String> METHODS = List.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "REGISTER",
            "OPTIONS",
            "MESSAGE",
            "SUBSCRIBE",
            "NOTIFY",
            "PUBLISH",
            "INFO",
            "REFER",
            "UPDATE",
            "PRACK");

    /** A Lync watcher asks for it in Proxy-Require; to know it means to leave NOTIFY alone (interworking 3.8). */
    private static final Set<String> PROXY_EXTENSIONS = Set.of("ms-benotify");

    /** The methods that end here and not at a client, so that Require speaks to us. */
    private static final Set<String> OURS = Set.of("REGISTER", "PUBLISH", "SUBSCRIBE");

    private final Supplier<EdgeSettings> edge;
    private final UserTable users;
    private final Flows flows;
    private final LocationTable location;
    private final Authenticator authenticator;
    private final OutsideAccess outside;
    private final Registrar registrar;
    private final Proxy proxy;
    private final PresenceAgent presence;

    Dispatcher(
            Supplier<EdgeSettings> edge,
            UserTable users,
            Flows flows,
            LocationTable location,
            Authenticator authenticator,
            OutsideAccess outside,
            Registrar registrar,
            Proxy proxy,
            PresenceAgent presence) {
        this.edge = edge;
        this.users = users;
        this.flows = flows;
        this.location = location;
        this.authenticator = authenticator;
        this.outside = outside;
        this.registrar = registrar;
        this.proxy = proxy;
        this.presence = presence;
    }

    @Override
    public void request(ServerTransaction transaction) {
        try {
            dispatch(transaction);
        } catch (RequestRefused refusal) {
            LOG.debug("{} refused with {}", transaction.method(), refusal.status());
            refusal.answer(transaction);
        } catch (UnreadableRequest broken) {
            LOG.debug("{} cannot be read: {}", transaction.method(), broken.getMessage());
            broken.answer(transaction);
        } catch (RuntimeException bug) {
            LOG.error("A request was answered with 500 because of an error inside the home", bug);
            transaction.respond(SIPResponse.SERVER_INTERNAL_ERROR);
        }
    }

    @Override
    public void cancelled(ServerTransaction invite) {
        proxy.cancel(invite);
    }

    @Override
    public void abandoned(ServerTransaction transaction) {
        proxy.cancel(transaction);
    }

    @Override
    public void acknowledged(SIPRequest ack, SipFlow flow) {
        try {
            if (!isOff() && isProved(ack, flow)) {
                proxy.acknowledge(ack, flow);
            }
        } catch (RequestRefused nobodyToTell) {
            LOG.debug("An ACK was dropped: {}", nobodyToTell.getMessage());
        }
    }

    @Override
    public void stray(SIPResponse response, SipFlow flow) {
        LOG.debug("A response without a request was dropped: {}", response.getStatusCode());
    }

    /** Nobody can be asked for proof with an ACK. */
    private boolean isProved(SIPRequest ack, SipFlow flow) throws RequestRefused {
        return flow.kind() == SipFlow.Kind.RELAY
                || SipAddress.of(ack.getFrom().getAddress().getURI())
                        .filter(sender -> flows.speaksFor(flow, sender) && outside.permits(flow, sender))
                        .isPresent();
    }

    private boolean isOff() {
        return edge.get().nextHop().isPresent();
    }

    private void dispatch(ServerTransaction transaction) throws RequestRefused {
        SIPRequest request = transaction.request();
        if (isOff()) {
            throw new RequestRefused(503, "The Embedded Home Is Off").with("Retry-After", "300");
        }
        screen(request);
        if (request.getMethod().equals(SIPRequest.REGISTER)) {
            requireOwn(request);
            registrar.register(transaction);
            return;
        }
        Optional<Target> along = proxy.alongRoute(request, transaction.flow());
        Optional<Address> sender = sender(transaction);
        if (along.isPresent()) {
            proxy.forward(transaction, List.of(along.get()));
            return;
        }
        Optional<Address> addressee = SipAddress.of(request.getRequestURI());
        if (addressee.isPresent() && isOwn(addressee.get())) {
            inside(transaction, sender, addressee.get());
        } else {
            outside(transaction);
            if (sender.isPresent() && addressee.isPresent() && PresenceAgent.isAdding(request)) {
                presence.added(sender.get(), addressee.get());
            }
        }
    }

    /** RFC 3261 section 16.3. */
    private static void screen(SIPRequest request) throws RequestRefused {
        if (!(request.getRequestURI() instanceof SipUri)) {
            throw new RequestRefused(416);
        }
        if (request.getMaxForwards() != null && request.getMaxForwards().getMaxForwards() == 0) {
            throw new RequestRefused(483);
        }
        refuseUnknown(request, "Proxy-Require", PROXY_EXTENSIONS);
        if (OURS.contains(request.getMethod())) {
            refuseUnknown(request, "Require", Set.of());
        }
    }

    private static void refuseUnknown(SIPRequest request, String header, Set<String> known) throws RequestRefused {
        List<String> unknown = SipParser.text(request).lines(header).stream()
                .flatMap(line ->
                        Arrays.stream(line.substring(line.indexOf(':') + 1).split(",", -1)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token -> !known.contains(token))
                .toList();
        if (!unknown.isEmpty()) {
            throw new RequestRefused(420).with("Unsupported", String.join(", ", unknown));
        }
    }

    /** The Request-URI of a REGISTER names the domain (RFC 3261 section 10.2). */
    private void requireOwn(SIPRequest request) throws RequestRefused {
        Optional<Address> domain = SipAddress.of(request.getRequestURI());
        if (domain.isEmpty() || !isOwn(domain.get())) {
            throw new RequestRefused(404);
        }
    }

    private boolean isOwn(Address address) {
        return edge.get().sipDomains().contains(address.domain());
    }

    /**
     * Returns who sends the request. A client has to prove it, once per connection; also within a dialog, since anybody
     * can make up the tag of one.
     */
    private Optional<Address> sender(ServerTransaction transaction) throws RequestRefused {
        SIPRequest request = transaction.request();
        SipFlow flow = transaction.flow();
        Optional<Address> from = SipAddress.of(request.getFrom().getAddress().getURI());
        if (flow.kind() == SipFlow.Kind.RELAY) {
            return from;
        }
        Address claimed = from.filter(this::isOwn).orElseThrow(() -> new RequestRefused(403));
        if (flows.speaksFor(flow, claimed)) {
            outside.require(flow, claimed);
        } else {
            boolean endsHere = request.getMethod().equals(SIPRequest.PUBLISH);
            authenticator.require(
                    request, flow, claimed, endsHere ? Authenticator.Scheme.REGISTRAR : Authenticator.Scheme.PROXY);
        }
        return from;
    }

    private void outside(ServerTransaction transaction) throws RequestRefused {
        if (transaction.flow().kind() == SipFlow.Kind.RELAY) {
            throw new RequestRefused(403); // outside never reaches outside
        }
        SipFlow relay = flows.relay().orElseThrow(() -> new RequestRefused(504));
        proxy.forward(transaction, List.of(Target.of(relay)));
    }

    private void inside(ServerTransaction transaction, Optional<Address> sender, Address addressee)
            throws RequestRefused {
        SIPRequest request = transaction.request();
        if (addressee.user().isEmpty() && request.getMethod().equals(SIPRequest.OPTIONS)) {
            options(transaction);
            return;
        }
        User user = users.find(addressee).orElseThrow(() -> new RequestRefused(404));
        switch (request.getMethod()) {
            case SIPRequest.SUBSCRIBE -> presence.subscribe(transaction, watcher(transaction, sender), user);
            case SIPRequest.PUBLISH -> {
                if (transaction.flow().kind() == SipFlow.Kind.RELAY) {
                    throw new RequestRefused(403);
                }
                presence.publish(transaction, sender.orElseThrow(() -> new RequestRefused(403)), user);
            }
            default -> deliver(transaction, addressee);
        }
    }

    private void deliver(ServerTransaction transaction, Address addressee) throws RequestRefused {
        List<Binding> bindings = location.of(addressee).stream()
                .filter(binding -> outside.permits(binding.flow(), addressee))
                .toList();
        if (bindings.isEmpty()) {
            throw new RequestRefused(480);
        }
        proxy.forward(transaction, bindings.stream().map(Target::of).toList());
    }

    private static Watcher watcher(ServerTransaction transaction, Optional<Address> sender) throws RequestRefused {
        Address address = sender.orElseThrow(() -> new RequestRefused(403));
        if (transaction.flow().kind() == SipFlow.Kind.CLIENT) {
            return new Watcher(address, Origin.INSIDE);
        }
        String trust = SipParser.text(transaction.request())
                .value("ms-edge-proxy-message-trust")
                .orElse("");
        boolean verified = Arrays.stream(trust.split(";", -1))
                .map(String::strip)
                .anyMatch(part -> part.equalsIgnoreCase("ms-source-verified-user=verified"));
        return new Watcher(address, verified ? Origin.VERIFIED : Origin.UNVERIFIED);
    }

    private static void options(ServerTransaction transaction) {
        SIPResponse response = transaction.response(SIPResponse.OK);
        METHODS.forEach(method -> response.addHeader(SipParser.header("Allow", method)));
        response.addHeader(SipParser.header("Accept", "application/sdp"));
        response.addHeader(SipParser.header("Allow-Events", String.join(", ", PresenceAgent.PACKAGES)));
        transaction.respond(response);
    }
}
