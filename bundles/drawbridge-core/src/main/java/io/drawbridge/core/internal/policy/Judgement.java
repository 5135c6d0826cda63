// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.FederationRecord;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.policy.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One request under judgement: collects the facts and holds the rules both directions share. */
abstract class Judgement {
    /** The answer of a rule that lets the request go on to the next one. */
    static final Optional<Verdict> GO_ON = Optional.empty();

    private static final int LONGEST = Rule.values().length;

    final Snapshot snapshot;
    final Envelope envelope;

    private final RuleResult[] rules = new RuleResult[LONGEST];
    private int asked;
    private SourceType source;
    private boolean verified;
    private boolean publicCloud;
    private PublicGateway gateway;

    Judgement(Snapshot snapshot, Envelope envelope) {
        this.snapshot = snapshot;
        this.envelope = envelope;
    }

    /**
     * A rule as it stands in the order of one direction.
     *
     * @param <J> the direction
     */
    interface Step<J extends Judgement> {
        /** Asks the rule; empty if the request may go on. */
        Optional<Verdict> ask(J judgement);
    }

    /** Asks one rule after another; the last one always settles it. */
    static <J extends Judgement> Verdict settle(List<Step<J>> order, J judgement) {
        for (Step<J> step : order) {
            Optional<Verdict> verdict = step.ask(judgement);
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        throw new IllegalStateException("the order of rules ends without a verdict");
    }

    final DomainName foreignDomain() {
        return envelope.foreignDomain();
    }

    final SourceType source() {
        return source;
    }

    final boolean countsAsPublicCloud() {
        return publicCloud;
    }

    final Optional<Verdict> edgeIsConfigured() {
        return snapshot.configured() ? passed(Facts.CONFIGURED) : refused(Reason.NOT_CONFIGURED, Facts.NOT_CONFIGURED);
    }

    final Optional<Verdict> federationIsOn() {
        RuleResult fact = snapshot.organisationSwitch();
        return fact.passed() ? passed(fact) : refused(Reason.FEDERATION_OFF, fact);
    }

    final Optional<Verdict> domainIsNotBlocked() {
        Blocking blocking = snapshot.blocked().get(foreignDomain());
        return blocking == null
                ? passed(snapshot.notBlocked())
                : refused(
                        Reason.DOMAIN_BLOCKED,
                        Rule.BLOCKED_DOMAIN,
                        foreignDomain() + " is blocked (" + blocking.pid() + ")");
    }

    /** The second lock: the own user's access policy, by the flag that the class of the other side asks for. */
    final Optional<Verdict> userIsEnabled() {
        AccessPolicy policy = snapshot.access().of(envelope.ownUser());
        if (!publicCloud) {
            RuleResult federation = policy.fact(AccessPolicy.Flag.FEDERATION);
            return federation.passed() ? passed(federation) : refused(Reason.USER_NOT_ENABLED, federation);
        }
        RuleResult cloud = policy.fact(AccessPolicy.Flag.PUBLIC_CLOUD);
        if (!cloud.passed()) {
            return refused(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CLOUD, cloud);
        }
        return envelope.kind() == TrafficKind.CALL ? callsAreEnabled() : passed(cloud);
    }

    /** Refuses because the federation record that the decision needs does not exist or cannot be had. */
    final Optional<Verdict> withoutRecord(Rule rule) {
        FederationRecord record = envelope.record();
        Reason reason =
                record.status() == FederationRecord.Status.FAILED ? Reason.DNS_FAILED : Reason.NO_FEDERATION_RECORD;
        return refused(reason, rule, record.detail());
    }

    /** Notes how the other side is known, with the fact it rests on. */
    final Optional<Verdict> classified(SourceType type, boolean countsAsPublicCloud, RuleResult fact) {
        source = type;
        publicCloud = countsAsPublicCloud;
        return passed(fact);
    }

    /** Notes that a public provider's gateway leads to the other side, and refuses if that takes no part. */
    final Optional<Verdict> classifiedAs(PublicGateway found) {
        gateway = found;
        return found.closed().isPresent()
                ? refused(found.closed().get(), found.known())
                : classified(SourceType.PROVIDER, true, found.known());
    }

    /** Notes that a provider leads to the other side, and refuses if that takes no part. */
    final Optional<Verdict> classifiedAs(Provider found) {
        return found.enabled()
                ? classified(SourceType.PROVIDER, false, found.known())
                : refused(Reason.PROVIDER_DISABLED, found.known());
    }

    /** Notes that the other side is an allowed partner; without one, that it is discovered. */
    final Optional<Verdict> classifiedAs(Partner allowed) {
        return allowed != null
                ? classified(SourceType.ALLOWED_PARTNER, false, allowed.known())
                : classified(SourceType.DISCOVERED_PARTNER, false, Facts.DISCOVERED);
    }

    /** Returns the public provider whose gateway leads to the other side, or null. */
    final PublicGateway gateway() {
        return gateway;
    }

    final Optional<Verdict> networkCarriesIt() {
        if (gateway == null) {
            return GO_ON;
        }
        PublicGateway.Objection objection = gateway.objectionTo(envelope);
        return objection == null ? passed(Facts.CARRIED) : refused(objection.reason(), objection.fact());
    }

    /** The address the other side goes by at the other end. */
    final Optional<Verdict> addressIsKnown(RuleResult fact) {
        return fact.passed() ? passed(fact) : refused(Reason.ADDRESS_UNKNOWN_THERE, fact);
    }

    /** The part of the second lock that is for calls with public providers only. */
    final Optional<Verdict> callsAreEnabled() {
        RuleResult calls = snapshot.access().of(envelope.ownUser()).fact(AccessPolicy.Flag.PUBLIC_CLOUD_AUDIO_VIDEO);
        return calls.passed() ? passed(calls) : refused(Reason.USER_NOT_ENABLED_FOR_PUBLIC_CALLS, calls);
    }

    /** Notes that a public provider's link leads to the other side. */
    final Optional<Verdict> classifiedAsPublicCloud(RuleResult fact) {
        publicCloud = true;
        return passed(fact);
    }

    final Optional<Verdict> verified(boolean counts, RuleResult fact) {
        verified = counts;
        return passed(fact);
    }

    final Optional<Verdict> passed(RuleResult fact) {
        rules[asked++] = fact;
        return GO_ON;
    }

    final Optional<Verdict> refused(Reason reason, Rule rule, String detail) {
        return refused(reason, Facts.failed(rule, detail));
    }

    final Optional<Verdict> refused(Reason reason, RuleResult fact) {
        return settled(Verdict.Outcome.REFUSE, reason, fact, Optional.empty());
    }

    /** Asks for the federation record before the rule can be answered. */
    final Optional<Verdict> lookUp(RuleResult fact) {
        return settled(Verdict.Outcome.LOOK_UP, Reason.NO_FEDERATION_RECORD, fact, Optional.empty());
    }

    final Optional<Verdict> allowed(RuleResult fact, Route route) {
        return settled(Verdict.Outcome.ALLOW, Reason.ALLOWED, fact, Optional.of(route));
    }

    private Optional<Verdict> settled(Verdict.Outcome outcome, Reason reason, RuleResult fact, Optional<Route> route) {
        rules[asked++] = fact;
        Optional<Naming> naming = gateway == null ? Optional.empty() : gateway.naming();
        List<RuleResult> facts = List.of(Arrays.copyOf(rules, asked));
        return Optional.of(
                new Verdict(outcome, reason, facts, Optional.ofNullable(source), verified, publicCloud, route, naming));
    }
}
