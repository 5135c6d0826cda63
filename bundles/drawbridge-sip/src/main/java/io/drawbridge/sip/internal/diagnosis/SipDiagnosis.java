// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.diagnosis;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.relay.Destinations;
import io.drawbridge.sip.internal.relay.NameSearch;
import io.drawbridge.sip.internal.relay.Relay;
import io.drawbridge.sip.internal.relay.Surroundings;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Asks what the relay asks, in its order: policy, the federation record where policy wants it, and the servers of the
 * route by connecting to them; for a partner, also a request of its own through the relay.
 */
public final class SipDiagnosis implements Diagnosis {
    private static final int LONGEST_SECONDS = 32;
    private static final int FORBIDDEN = 403;

    private final Relay relay;
    private final Surroundings surroundings;
    private final EventExecutor executor;

    /**
     * Works beside a relay.
     *
     * @param executor the loop of the requests it sends
     */
    public SipDiagnosis(Relay relay, Surroundings surroundings, EventExecutor executor) {
        this.relay = relay;
        this.surroundings = surroundings;
        this.executor = executor;
    }

    /** SIP is where everything goes that nothing else claims. */
    @Override
    public boolean serves(DomainName foreign) {
        return true;
    }

    @Override
    public CompletionStage<Explanation> why(Address sender, Address recipient, TrafficKind kind) {
        Optional<Policy> policy = surroundings.policy();
        if (policy.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Explanation(Verdict.refused(Reason.NOT_CONFIGURED), List.of()));
        }
        boolean outbound = policy.get().edge().sipDomains().contains(sender.domain());
        Envelope envelope = Envelope.of(outbound ? Direction.OUTBOUND : Direction.INBOUND, sender, recipient, kind);
        List<Step> steps = new ArrayList<>();
        return judge(policy.get(), envelope, steps)
                .thenCompose(verdict -> named(verdict, envelope, steps))
                .thenCompose(verdict -> probe(verdict, policy.get().edge()).thenApply(found -> {
                    steps.addAll(found);
                    return new Explanation(verdict, steps);
                }))
                .toCompletableFuture()
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Policy's word, with the federation record if it asks for one, or if a peer outside has to be imagined. */
    private CompletionStage<Verdict> judge(Policy policy, Envelope envelope, List<Step> steps) {
        boolean inbound = envelope.direction() == Direction.INBOUND;
        if (!inbound) {
            Verdict verdict = policy.decide(envelope);
            if (verdict.outcome() != Verdict.Outcome.LOOK_UP) {
                return CompletableFuture.completedFuture(verdict);
            }
        }
        Optional<HostPort> gateway = inbound ? gateway(policy, envelope) : Optional.empty();
        if (gateway.isPresent()) {
            PeerIdentity assumed =
                    assumed(envelope.foreignDomain(), gateway.get().host());
            steps.add(assumption("it names " + assumed.displayName()));
            return CompletableFuture.completedFuture(policy.decide(envelope.from(assumed)));
        }
        Instant began = Instant.now();
        return surroundings.locator().look(envelope.foreignDomain()).thenApply(record -> {
            steps.add(lookUp(envelope.foreignDomain(), record, Duration.between(began, Instant.now())));
            Envelope complete = envelope.with(record);
            if (inbound) {
                PeerIdentity assumed = assumed(envelope.foreignDomain(), record);
                steps.add(assumption(
                        "it names " + assumed.displayName() + " and the domain " + envelope.foreignDomain()));
                complete = complete.from(assumed);
            }
            return policy.decide(complete);
        });
    }

    private static Step lookUp(DomainName domain, FederationRecord record, Duration took) {
        String name = "SRV _sipfederationtls._tcp." + domain;
        return switch (record.status()) {
            case FOUND -> Step.ok(name, record.detail(), took);
            case NONE -> Step.failed(name, record.detail(), took, Reason.NO_FEDERATION_RECORD.remedy());
            case FAILED, NOT_ASKED -> Step.failed(name, record.detail(), took, Reason.DNS_FAILED.remedy());
        };
    }

    private static Step assumption(String what) {
        return Step.skipped("certificate of the sender's server", "assumed that " + what);
    }

    /** What an honest server of the domain would show: its host as SRV names it, and its domain. */
    private static PeerIdentity assumed(DomainName domain, FederationRecord record) {
        return assumed(
                domain,
                record.targets().isEmpty()
                        ? "sip." + domain
                        : record.targets().get(0).host());
    }

    private static PeerIdentity assumed(DomainName domain, String host) {
        return new PeerIdentity(
                List.of(domain), List.of(host), Optional.empty(), true, "CN=" + host, "", "", "", "", Instant.MAX);
    }

    /** The gateway of the public provider whose domain the sender's is, by the way a request would go there. */
    private static Optional<HostPort> gateway(Policy policy, Envelope inbound) {
        Address user = inbound.ownUser();
        Verdict back = policy.decide(Envelope.of(Direction.OUTBOUND, user, inbound.stranger(), TrafficKind.MESSAGE));
        return back.naming().isPresent() && back.route().orElse(null) instanceof Route.Server server
                ? Optional.of(server.server())
                : Optional.empty();
    }

    /** What a person at a public provider's network is called at the other end. */
    private CompletionStage<Verdict> named(Verdict verdict, Envelope envelope, List<Step> steps) {
        boolean hasName = verdict.allowed()
                && verdict.naming().isPresent()
                && !envelope.stranger().user().isEmpty();
        if (!hasName) {
            return CompletableFuture.completedFuture(verdict);
        }
        Instant began = Instant.now();
        return new NameSearch(verdict.naming().get(), surroundings.networkAddresses())
                .search(envelope)
                .thenApply(found -> {
                    Duration took = Duration.between(began, Instant.now());
                    String name = "address at the other end";
                    steps.add(
                            found.address().isPresent()
                                    ? Step.ok(name, found.fact().detail(), took)
                                    : Step.failed(
                                            name,
                                            found.fact().detail(),
                                            took,
                                            found.reason().remedy()));
                    return found.address().isPresent() ? verdict : verdict.refused(found.reason(), found.fact());
                });
    }

    private CompletionStage<List<Step>> probe(Verdict verdict, EdgeSettings edge) {
        Optional<Route> route = verdict.route();
        if (route.isEmpty()) {
            return CompletableFuture.completedFuture(List.of(Step.skipped(
                    "connection", "policy refuses: " + verdict.reason().text())));
        }
        if (route.get() instanceof Route.Link link) {
            return CompletableFuture.completedFuture(
                    List.of(Step.skipped("connection", "leaves SIP by the link " + link.link())));
        }
        if (route.get() instanceof Route.Home home && home.nextHop().isEmpty()) {
            return CompletableFuture.completedFuture(List.of(embeddedHome()));
        }
        return surroundings
                .connector()
                .probe(Destinations.of(route.get(), Optional.empty(), FederationRecord.NOT_ASKED, edge));
    }

    private Step embeddedHome() {
        return surroundings.home().isPresent()
                ? Step.ok("embedded home", "runs in this appliance", Duration.ZERO)
                : Step.failed("embedded home", Reason.NO_HOME.text(), Duration.ZERO, Reason.NO_HOME.remedy());
    }

    @Override
    public CompletionStage<List<Step>> testPartner(DomainName domain) {
        Optional<DomainName> own = surroundings.policy().stream()
                .flatMap(policy -> policy.edge().sipDomains().stream())
                .sorted()
                .findFirst();
        if (own.isEmpty()) {
            return CompletableFuture.completedFuture(List.of(Step.refused(Reason.NOT_CONFIGURED)));
        }
        Address sender = new Address("", own.get());
        return why(sender, new Address("", domain), TrafficKind.OTHER).thenCompose(explanation -> {
            List<Step> steps = new ArrayList<>();
            Verdict verdict = explanation.verdict();
            if (!verdict.allowed()) {
                steps.addAll(explanation.steps());
                steps.add(Step.refused(verdict.reason()));
                return CompletableFuture.completedFuture(firstFailureLast(steps));
            }
            steps.add(Step.ok("policy", verdict.route().map(Object::toString).orElse(""), Duration.ZERO));
            steps.addAll(explanation.steps());
            if (steps.stream().anyMatch(step -> step.result() == Step.Result.FAILED)) {
                return CompletableFuture.completedFuture(firstFailureLast(steps));
            }
            return options(own.get(), domain).thenApply(last -> {
                steps.add(last);
                return steps;
            });
        });
    }

    private static List<Step> firstFailureLast(List<Step> steps) {
        List<Step> until = new ArrayList<>();
        for (Step step : steps) {
            until.add(step);
            if (step.result() == Step.Result.FAILED) {
                break;
            }
        }
        return until;
    }

    private CompletionStage<Step> options(DomainName own, DomainName domain) {
        Instant began = Instant.now();
        return new TestHop(relay, executor, relay.homeName())
                .send(own, domain)
                .thenApply(response -> judged(domain, response, Duration.between(began, Instant.now())));
    }

    private static Step judged(DomainName domain, SipResponse response, Duration took) {
        String name = "OPTIONS sip:" + domain;
        String answer = response.status() + " " + response.reasonPhrase();
        boolean ownWord = response.headers()
                .first(HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST)
                .filter(mark -> mark.toString().contains("EdgeProxyGenerated"))
                .isPresent();
        if (ownWord) {
            String why = response.headers()
                    .first(HeaderName.MS_DIAGNOSTICS)
                    .map(Object::toString)
                    .orElse("");
            return Step.failed(name, "no answer: " + answer + " " + why, took, Reason.TIMED_OUT.remedy());
        }
        if (response.status() == FORBIDDEN) {
            return Step.failed(
                    name,
                    "the partner answers " + answer + ": it does not let this organisation in (the partner's side)",
                    took,
                    "ask the partner to allow this organisation's domain and to check its certificate");
        }
        return Step.ok(name, "the partner answers " + answer, took);
    }
}
