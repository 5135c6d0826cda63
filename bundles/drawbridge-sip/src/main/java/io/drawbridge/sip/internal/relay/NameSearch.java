// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.partner.NetworkAddresses;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Naming;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.provider.Decoration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Finds out what a person outside is called at the other end, by decoration and by the plug-in's code: outwards the code
 * comes first, inwards the decoration comes off first, so that the code never sees any. Thread-safe.
 */
public final class NameSearch {
    private final Naming naming;
    private final Optional<NetworkAddresses> plugins;

    /**
     * Searches by these means.
     *
     * @param plugins who asks plug-ins, while it is there
     */
    public NameSearch(Naming naming, Optional<NetworkAddresses> plugins) {
        this.naming = naming;
        this.plugins = plugins;
    }

    /**
     * What was found.
     *
     * @param address what the person is called at the other end; empty if the person cannot be named there
     * @param reason why not
     * @param fact what that rests on
     */
    public record Found(Optional<Address> address, Reason reason, RuleResult fact) {}

    /** Searches for the name of the person outside; completes once and never exceptionally, on any thread. */
    public CompletionStage<Found> search(Envelope envelope) {
        if (plugins.isEmpty()) {
            return CompletableFuture.completedFuture(nothing(Reason.PROVIDER_ABSENT, Reason.PROVIDER_ABSENT.text()));
        }
        return envelope.direction() == Direction.OUTBOUND
                ? outwards(envelope.stranger())
                : inwards(envelope.stranger());
    }

    private CompletionStage<Found> outwards(Address written) {
        return naming.isDecorated(written)
                ? CompletableFuture.completedFuture(found(written))
                : plugins.orElseThrow()
                        .toNetwork(naming.provider(), written)
                        .thenApply(answer -> judged(answer, naming::onNetwork));
    }

    private CompletionStage<Found> inwards(Address known) {
        Optional<Address> person = naming.here(known);
        if (person.isEmpty()) {
            return CompletableFuture.completedFuture(nothing(Reason.ADDRESS_UNKNOWN_THERE, Decoration.RULE));
        }
        return naming.isDecorated(person.get())
                ? CompletableFuture.completedFuture(found(known))
                : plugins.orElseThrow()
                        .fromNetwork(naming.provider(), person.get())
                        .thenApply(answer -> judged(answer, Optional::of));
    }

    /** A plug-in may not make somebody of another domain, or of ours, of the person. */
    private Found judged(NetworkAddresses.Answer answer, Function<Address, Optional<Address>> form) {
        if (answer.address().isEmpty()) {
            return nothing(answer.reason(), answer.detail());
        }
        Address address = answer.address().get();
        if (!naming.domains().contains(address.domain())) {
            return nothing(
                    Reason.PROVIDER_FAILED, "the plug-in names an address that is at none of the provider's domains");
        }
        return form.apply(address)
                .map(NameSearch::found)
                .orElseGet(() -> nothing(Reason.ADDRESS_UNKNOWN_THERE, Decoration.RULE));
    }

    private static Found found(Address address) {
        return new Found(Optional.of(address), Reason.ALLOWED, new RuleResult(Rule.ADDRESS, true, address.toString()));
    }

    private static Found nothing(Reason reason, String detail) {
        return new Found(Optional.empty(), reason, new RuleResult(Rule.ADDRESS, false, detail));
    }
}
