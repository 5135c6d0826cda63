// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.diagnosis;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.xmpp.internal.stream.Gateway;
import io.drawbridge.xmpp.internal.stream.TestedStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks what stanzas meet: policy, with the proof their partner gives, and a stream of its own with the partner, up to a
 * ping whose answer comes the way the partner's stanzas come.
 */
public final class XmppDiagnosis implements Diagnosis {
    /** What concerns single users, not whether a partner can be reached. */
    private static final Set<Reason> OF_USERS = Set.of(Reason.USER_NOT_ENABLED, Reason.USER_NOT_ENABLED_FOR_XMPP);

    private static final String ANYBODY = "anybody";

    private final Gateway gateway;
    private final Gateway.Neighbours neighbours;

    /** Tests with the streams there are. */
    public XmppDiagnosis(Gateway gateway, Gateway.Neighbours neighbours) {
        this.gateway = gateway;
        this.neighbours = neighbours;
    }

    @Override
    public boolean serves(DomainName foreign) {
        return partner(foreign).isPresent();
    }

    private Optional<XmppPartner> partner(DomainName domain) {
        return neighbours.partners().flatMap(partners -> partners.of(domain));
    }

    @Override
    public CompletionStage<Explanation> why(Address sender, Address recipient, TrafficKind kind) {
        Optional<Policy> policy = neighbours.policy();
        if (policy.isEmpty()) {
            return done(new Explanation(Verdict.refused(Reason.NOT_CONFIGURED), List.of()));
        }
        boolean outbound = policy.get().edge().sipDomains().contains(sender.domain());
        Envelope envelope = Envelope.of(outbound ? Direction.OUTBOUND : Direction.INBOUND, sender, recipient, kind);
        return outbound ? outbound(policy.get(), envelope) : inbound(policy.get(), envelope);
    }

    private CompletionStage<Explanation> outbound(Policy policy, Envelope envelope) {
        Verdict verdict = policy.decide(envelope);
        if (!verdict.allowed()) {
            return done(new Explanation(verdict, List.of(notTried(verdict))));
        }
        return tested(envelope).thenApply(tested -> new Explanation(verdict, tested.steps()));
    }

    /** Judges by the proof the partner's answer had; until there is one, by the least that its settings ask for. */
    private CompletionStage<Explanation> inbound(Policy policy, Envelope envelope) {
        Trust wanted =
                partner(envelope.foreignDomain()).map(XmppPartner::weakestProof).orElse(Trust.STRONG);
        Verdict assumed = policy.decide(envelope.by(Gateway.PROTOCOL, wanted));
        Step assumption = Step.skipped(
                "proof of the sender's domain", "assumed to be " + wanted + ", as the partner's settings want it");
        if (!assumed.allowed()) {
            return done(new Explanation(assumed, List.of(assumption, notTried(assumed))));
        }
        return tested(envelope).thenApply(tested -> {
            List<Step> steps = new ArrayList<>(tested.steps());
            if (tested.answer().isEmpty()) {
                steps.add(assumption);
            }
            Verdict verdict = tested.answer()
                    .map(trust -> policy.decide(envelope.by(Gateway.PROTOCOL, trust)))
                    .orElse(assumed);
            return new Explanation(verdict, steps);
        });
    }

    private CompletionStage<TestedStream> tested(Envelope envelope) {
        return gateway.test(envelope.ownUser().domain(), envelope.foreignDomain());
    }

    private static Step notTried(Verdict verdict) {
        return Step.skipped("stream", "policy refuses: " + verdict.reason().text());
    }

    @Override
    public CompletionStage<List<Step>> testPartner(DomainName domain) {
        Optional<Policy> policy = neighbours.policy();
        Optional<DomainName> own = policy.stream()
                .flatMap(rules -> rules.edge().sipDomains().stream())
                .sorted()
                .findFirst();
        if (own.isEmpty()) {
            return done(List.of(Step.refused(Reason.NOT_CONFIGURED)));
        }
        Verdict verdict = policy.get()
                .decide(Envelope.of(
                        Direction.OUTBOUND,
                        new Address(ANYBODY, own.get()),
                        new Address(ANYBODY, domain),
                        TrafficKind.MESSAGE));
        if (!verdict.allowed() && !OF_USERS.contains(verdict.reason())) {
            return done(List.of(Step.refused(verdict.reason())));
        }
        String users = verdict.allowed()
                ? "the partner is allowed"
                : "the partner is allowed, but by the access policies for all, "
                        + verdict.reason().text();
        return gateway.test(own.get(), domain).thenApply(tested -> {
            List<Step> steps = new ArrayList<>();
            steps.add(Step.ok("policy", users, Duration.ZERO));
            steps.addAll(tested.steps());
            steps.addAll(gateway.incoming(domain));
            return steps;
        });
    }

    private static <T> CompletionStage<T> done(T answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
