// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.VerificationLevel;
import io.drawbridge.api.policy.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * A public provider as policy sees it ({@code io.drawbridge.provider~ID}). Each is registered as a service by whoever hosts
 * the provider, for as long as it is configured: also while its plug-in is replaced.
 *
 * @param pid where it is configured
 * @param id its identifier
 * @param name its name for people
 * @param domains the domains its addresses are at
 * @param state whether it takes part
 * @param level how far its word about its users is taken
 * @param gateway how it is reached by SIP; empty if a link leads to it
 */
public record PublicProvider(
        String pid,
        String id,
        String name,
        Set<DomainName> domains,
        State state,
        VerificationLevel level,
        Optional<SipGateway> gateway) {
    /** Copies the domains. */
    public PublicProvider {
        domains = Set.copyOf(domains);
    }

    /** Describes a provider that a link leads to. */
    public PublicProvider(
            String pid, String id, String name, Set<DomainName> domains, State state, VerificationLevel level) {
        this(pid, id, name, domains, state, level, Optional.empty());
    }

    /** Returns the identifier of the {@linkplain io.drawbridge.api.link.Link link} that leads to it if it has no gateway. */
    public String link() {
        return link(id);
    }

    /** Returns the identifier of the link that leads to a provider without a gateway. */
    public static String link(String id) {
        return "provider." + id;
    }

    /** Returns why nothing passes to or from it; empty if it takes part. */
    public Optional<Reason> closedBy() {
        return switch (state) {
            case ENABLED -> Optional.empty();
            case DISABLED -> Optional.of(Reason.PROVIDER_DISABLED);
            case ENDED -> Optional.of(Reason.PROVIDER_ENDED);
        };
    }

    /** Whether a provider takes part. */
    public enum State {
        /** It does. */
        ENABLED,
        /** The administrator has not enabled it. */
        DISABLED,
        /** The administrator enabled it, but the network has ended. */
        ENDED
    }
}
