// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.provider.ProviderDescription;
import java.util.Optional;
import java.util.Set;

/**
 * How a public provider stands.
 *
 * @param id its identifier; the name of the bundle for a plug-in that waits, or may not serve
 * @param name its name for people
 * @param state how it stands
 * @param version the version of its plug-in's bundle; empty without one
 * @param domains the domains its addresses are at
 * @param online how many of its accounts are signed in
 * @param accounts how many accounts it has
 * @param trouble the last thing that went wrong, for people; empty if nothing did
 * @param gateway how its SIP gateway is met; empty if it has accounts instead
 * @param description what its plug-in said of itself, also while it is absent; empty if it was never there
 */
public record ProviderStatus(
        String id,
        String name,
        State state,
        String version,
        Set<DomainName> domains,
        int online,
        int accounts,
        String trouble,
        Optional<GatewayStatus> gateway,
        Optional<ProviderDescription> description) {
    /** Copies the domains. */
    public ProviderStatus {
        domains = Set.copyOf(domains);
    }

    /** Describes a provider that has accounts. */
    public ProviderStatus(
            String id,
            String name,
            State state,
            String version,
            Set<DomainName> domains,
            int online,
            int accounts,
            String trouble,
            Optional<ProviderDescription> description) {
        this(id, name, state, version, domains, online, accounts, trouble, Optional.empty(), description);
    }

    /** How a provider can stand. */
    public enum State {
        /** Its plug-in serves. */
        RUNNING,
        /** Its plug-in is there, and nobody configured it. */
        UNCONFIGURED,
        /** The administrator has not enabled it. */
        DISABLED,
        /** The administrator enabled it, but its network has ended. */
        ENDED,
        /** It is enabled, and its plug-in is not there. */
        ABSENT,
        /** Its plug-in broke its promises too often and rests. */
        QUARANTINED,
        /** Its plug-in could serve, and another one serves in its place. */
        WAITING,
        /** Its plug-in may not serve. */
        REFUSED
    }
}
