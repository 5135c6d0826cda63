// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The answer to an {@link Envelope}.
 *
 * @param outcome allow, refuse, or look up first
 * @param reason why; {@link Reason#ALLOWED} exactly if allowed
 * @param rules the rules asked, in order, the deciding one last
 * @param source how the outside peer is known; empty if the decision fell before that, or if the other side is not
 *     reached by SIP
 * @param verified whether the sender counts as verified
 * @param publicCloud whether the traffic counts as public IM ({@code ms-source-network})
 * @param route where it goes; present exactly if allowed
 * @param naming how the people at the other end are named on their network, if that is reached by its SIP gateway
 */
public record Verdict(
        Outcome outcome,
        Reason reason,
        List<RuleResult> rules,
        Optional<SourceType> source,
        boolean verified,
        boolean publicCloud,
        Optional<Route> route,
        Optional<Naming> naming) {
    /** Copies the rules. */
    public Verdict {
        rules = List.copyOf(rules);
    }

    /** Describes a verdict on what goes to or comes from no gateway. */
    public Verdict(
            Outcome outcome,
            Reason reason,
            List<RuleResult> rules,
            Optional<SourceType> source,
            boolean verified,
            boolean publicCloud,
            Optional<Route> route) {
        this(outcome, reason, rules, source, verified, publicCloud, route, Optional.empty());
    }

    /** Returns a refusal that comes before any rule was asked. */
    public static Verdict refused(Reason reason) {
        return new Verdict(Outcome.REFUSE, reason, List.of(), Optional.empty(), false, false, Optional.empty());
    }

    /** Returns the refusal this allowance turns into by one more rule. */
    public Verdict refused(Reason why, RuleResult rule) {
        return new Verdict(
                Outcome.REFUSE,
                why,
                Stream.concat(rules.stream(), Stream.of(rule)).toList(),
                source,
                verified,
                publicCloud,
                Optional.empty(),
                naming);
    }

    /** Returns whether the request may cross. */
    public boolean allowed() {
        return outcome == Outcome.ALLOW;
    }

    /** What to do with the request. */
    public enum Outcome {
        /** Forward it along the route. */
        ALLOW,
        /** Refuse it for the reason. */
        REFUSE,
        /** Look up the foreign domain's federation record, put it in the envelope, ask again. */
        LOOK_UP
    }
}
