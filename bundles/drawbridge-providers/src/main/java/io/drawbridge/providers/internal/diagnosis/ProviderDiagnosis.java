// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.providers.internal.diagnosis;

import io.drawbridge.api.diagnosis.Diagnosis;
import io.drawbridge.api.diagnosis.Explanation;
import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.directory.ProviderAccountStatus;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Trust;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tells what a message meets on its way to or from a network with accounts: policy, then the plug-in, what its network can
 * do, and the account that carries it, as they stand at this moment. Nothing is sent, since whatever an account sends,
 * somebody on its network would see.
 */
public final class ProviderDiagnosis implements Diagnosis {
    /** What these networks are called beside protocols. */
    public static final String PROTOCOL = "provider";

    /** What concerns single users, not whether a network can be reached. */
    private static final Set<Reason> OF_USERS = EnumSet.of(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD);

    /** What the step of the plug-in tells better. */
    private static final Set<Reason> OF_PLUGIN = EnumSet.of(Reason.PROVIDER_DISABLED, Reason.PROVIDER_ENDED);

    private static final String ANYBODY = "anybody";

    private final ProviderDirectory providers;
    private final ProviderTrials trials;
    private final Supplier<Optional<Policy>> policy;
    private final InstantSource clock;

    /**
     * Tells of the providers that are there.
     *
     * @param policy who decides, while it is there
     * @param clock tells which networks have ended
     */
    public ProviderDiagnosis(
            ProviderDirectory providers,
            ProviderTrials trials,
            Supplier<Optional<Policy>> policy,
            InstantSource clock) {
        this.providers = providers;
        this.trials = trials;
        this.policy = policy;
        this.clock = clock;
    }

    /** Also where only a plug-in is missing a word of the administrator's, so that he is told that word. */
    @Override
    public boolean serves(DomainName foreign) {
        return provider(foreign).isPresent();
    }

    private Optional<ProviderStatus> provider(DomainName domain) {
        return providers.providers().stream()
                .filter(provider -> provider.domains().contains(domain))
                .filter(provider -> provider.gateway().isEmpty())
                .filter(provider -> provider.state() != State.UNCONFIGURED || isNobodys(domain))
                .findFirst();
    }

    private boolean isNobodys(DomainName domain) {
        return policy.get()
                .flatMap(rules -> fromAnybody(rules, domain).map(rules::decide))
                .filter(verdict -> verdict.reason() == Reason.DOMAIN_NOT_ALLOWED)
                .isPresent();
    }

    private static Optional<Envelope> fromAnybody(Policy rules, DomainName domain) {
        return rules.edge().sipDomains().stream()
                .sorted()
                .findFirst()
                .map(own -> Envelope.of(
                        Direction.OUTBOUND,
                        new Address(ANYBODY, own),
                        new Address(ANYBODY, domain),
                        TrafficKind.MESSAGE));
    }

    @Override
    public CompletionStage<Explanation> why(Address sender, Address recipient, TrafficKind kind) {
        return CompletableFuture.completedFuture(policy.get()
                .map(rules -> explained(rules, sender, recipient, kind))
                .orElseGet(() -> new Explanation(Verdict.refused(Reason.NOT_CONFIGURED), List.of())));
    }

    private Explanation explained(Policy rules, Address sender, Address recipient, TrafficKind kind) {
        boolean outbound = rules.edge().sipDomains().contains(sender.domain());
        Envelope envelope = Envelope.of(outbound ? Direction.OUTBOUND : Direction.INBOUND, sender, recipient, kind);
        Optional<ProviderStatus> found = provider(envelope.foreignDomain());
        if (found.isEmpty()) {
            return new Explanation(rules.decide(envelope), List.of(PluginSteps.none(envelope.foreignDomain())));
        }
        ProviderStatus provider = found.get();
        Verdict verdict = verdict(rules, envelope, provider);
        List<Step> steps = new ArrayList<>();
        steps.add(plugin(provider));
        PluginSteps.ability(provider, kind).ifPresent(steps::add);
        Address user = envelope.ownUser();
        steps.addAll(AccountSteps.carrying(provider, accounts(provider), Principal.of(user.user(), user.domain())));
        if (!outbound && verdict.allowed() && !verdict.verified()) {
            steps.add(Step.skipped(
                    "recipient's consent",
                    "the sender does not count as verified, and passes only if " + recipient + " has added him"));
        }
        return new Explanation(verdict, steps);
    }

    /** What came from a network is judged by the link that brings it, which is as sure of its senders as can be. */
    private static Verdict verdict(Policy rules, Envelope envelope, ProviderStatus provider) {
        boolean inbound = envelope.direction() == Direction.INBOUND;
        Verdict verdict =
                rules.decide(inbound ? envelope.by(PublicProvider.link(provider.id()), Trust.STRONG) : envelope);
        boolean isPlugged = provider.state() == State.UNCONFIGURED && verdict.reason() == Reason.DOMAIN_NOT_ALLOWED;
        return isPlugged
                ? verdict.refused(
                        Reason.PROVIDER_DISABLED,
                        new RuleResult(
                                Rule.CLASSIFICATION,
                                false,
                                "public provider " + provider.name() + ", not configured (" + PluginSteps.pid(provider)
                                        + ")"))
                : verdict;
    }

    private Step plugin(ProviderStatus provider) {
        Optional<ProviderTrial> trial = trials.trials().stream()
                .filter(each -> each.provider().equals(provider.id()))
                .filter(each -> each.state() == ProviderTrial.State.ON_TRIAL)
                .findFirst();
        return PluginSteps.standing(provider, trial, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private List<ProviderAccountStatus> accounts(ProviderStatus provider) {
        return providers.accounts().stream()
                .filter(account -> account.provider().equals(provider.id()))
                .toList();
    }

    @Override
    public CompletionStage<List<Step>> testPartner(DomainName domain) {
        return CompletableFuture.completedFuture(policy.get()
                .flatMap(rules -> fromAnybody(rules, domain).map(envelope -> tested(rules, envelope)))
                .orElseGet(() -> List.of(Step.refused(Reason.NOT_CONFIGURED))));
    }

    private List<Step> tested(Policy rules, Envelope envelope) {
        Optional<ProviderStatus> found = provider(envelope.foreignDomain());
        if (found.isEmpty()) {
            return List.of(PluginSteps.none(envelope.foreignDomain()));
        }
        ProviderStatus provider = found.get();
        List<Step> steps = new ArrayList<>();
        locks(verdict(rules, envelope, provider)).ifPresent(steps::add);
        steps.add(plugin(provider));
        steps.addAll(AccountSteps.all(provider, accounts(provider)));
        return steps;
    }

    private static Optional<Step> locks(Verdict verdict) {
        if (verdict.allowed()) {
            return Optional.of(Step.ok("policy", "the provider is allowed", Duration.ZERO));
        }
        if (OF_USERS.contains(verdict.reason())) {
            return Optional.of(Step.ok(
                    "policy",
                    "the provider is allowed, but by the access policy for all, "
                            + verdict.reason().text(),
                    Duration.ZERO));
        }
        return OF_PLUGIN.contains(verdict.reason()) ? Optional.empty() : Optional.of(Step.refused(verdict.reason()));
    }
}
