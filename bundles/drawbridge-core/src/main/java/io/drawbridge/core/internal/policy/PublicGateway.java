// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.partner.PublicProvider;
import io.drawbridge.api.partner.SipGateway;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.NameVerification;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Offered;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Route;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.api.provider.Capability;
import io.drawbridge.api.provider.Decoration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * A public provider that is reached by its SIP gateway, with what verdicts and people want to know of it (lync-edge 7).
 *
 * @param pid where it is configured
 * @param name its name
 * @param gateway what its gateway is and its network can do
 * @param level how far its word about its users is taken
 * @param closed why nothing passes; empty if it takes part
 * @param naming how its people are named, which also says what its domains are
 * @param known the fact it is classified by
 * @param asWritten the fact that an address is the same here and there
 * @param way where it is
 */
public record PublicGateway(
        String pid,
        String name,
        SipGateway gateway,
        VerificationLevel level,
        Optional<Reason> closed,
        Optional<Naming> naming,
        RuleResult known,
        RuleResult asWritten,
        Route way) {
    /**
     * Derives the facts, once for all the messages that will rest on them.
     *
     * @param domains those of the provider's domains that are on no other list
     */
    public static PublicGateway of(PublicProvider provider, SipGateway gateway, Set<DomainName> domains) {
        Optional<Reason> closed = provider.closedBy();
        String shown = "public provider " + provider.name() + ", " + provider.state() + ", gateway " + gateway.proxy()
                + " (" + provider.pid() + ")";
        String translated = gateway.translates() ? "; its plug-in may write it in a form of the network's" : "";
        // One domain stands for all, so that they share the connections to the one server.
        DomainName first = Collections.min(domains);
        return new PublicGateway(
                provider.pid(),
                provider.name(),
                gateway,
                provider.level(),
                closed,
                Optional.of(new Naming(provider.id(), domains, gateway.decoration())),
                new RuleResult(Rule.CLASSIFICATION, closed.isEmpty(), shown),
                new RuleResult(Rule.ADDRESS, true, "the same on the network" + translated),
                new Route.Server(gateway.proxy(), first, NameVerification.LYNC_HOST, Set.of()));
    }

    /** Returns its server. */
    public HostPort proxy() {
        return gateway.proxy();
    }

    /** Returns what the network does not carry of a request, as a fact of its reason; null if it carries all. */
    Objection objectionTo(Envelope envelope) {
        Set<Offered> offered = envelope.offered();
        if (offered.contains(Offered.THIRD_PERSON)) {
            return objection(Reason.TWO_PERSONS_ONLY, Offered.THIRD_PERSON.text());
        }
        boolean toNetwork = envelope.direction() == Direction.OUTBOUND;
        for (Offered part : offered) {
            if (!carries(part) && isSignal(part) && toNetwork) {
                return objection(Reason.SIGNAL_UNKNOWN_THERE, part.text());
            } else if (!carries(part) && !isSignal(part)) {
                return objection(Reason.MEDIA_UNKNOWN_THERE, part.text());
            }
        }
        // A call that offers nothing lets the other side offer.
        boolean undescribedCall = envelope.kind() == TrafficKind.CALL && offered.isEmpty();
        return undescribedCall && !carries(Offered.AUDIO) && !carries(Offered.VIDEO)
                ? objection(Reason.MEDIA_UNKNOWN_THERE, "a call")
                : null;
    }

    private boolean carries(Offered part) {
        return switch (part) {
            case AUDIO -> gateway.capabilities().contains(Capability.AUDIO);
            case VIDEO -> gateway.capabilities().contains(Capability.VIDEO);
            case TYPING -> gateway.capabilities().contains(Capability.TYPING);
            case RECEIPT -> gateway.capabilities().contains(Capability.RECEIPTS);
            case FILE, OTHER_MEDIA, THIRD_PERSON -> false;
        };
    }

    private static boolean isSignal(Offered part) {
        return part == Offered.TYPING || part == Offered.RECEIPT;
    }

    private Objection objection(Reason reason, String what) {
        return new Objection(reason, Facts.failed(Rule.NETWORK_CARRIES, name + " does not carry " + what));
    }

    /** Returns what an own user's word for somebody is on the network; a failed fact if it has no form there. */
    RuleResult sentTo(Address recipient) {
        Optional<Address> there = naming.orElseThrow().onNetwork(recipient);
        if (there.isEmpty()) {
            return Facts.failed(Rule.ADDRESS, Decoration.RULE);
        }
        return there.get().equals(recipient)
                ? asWritten
                : Facts.passed(Rule.ADDRESS, there.get() + " on the network, being decorated" + where());
    }

    /** Returns whom own users take somebody of the network for; a failed fact if the network breaks its rule. */
    RuleResult comesFrom(Address sender) {
        Optional<Address> here = naming.orElseThrow().here(sender);
        if (here.isEmpty()) {
            return Facts.failed(Rule.ADDRESS, Decoration.RULE);
        }
        return here.get().equals(sender)
                ? asWritten
                : Facts.passed(Rule.ADDRESS, here.get() + " to own users, being decorated on the network" + where());
    }

    private String where() {
        return " (" + pid + ")";
    }

    /**
     * That the network does not carry something.
     *
     * @param reason why it is refused
     * @param fact what it is
     */
    record Objection(Reason reason, RuleResult fact) {}
}
