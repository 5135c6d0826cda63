// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.core.internal.policy.AccessPolicies;
import io.drawbridge.core.internal.policy.AccessPolicy;
import io.drawbridge.core.internal.policy.Blocking;
import io.drawbridge.core.internal.policy.EdgeRules;
import io.drawbridge.core.internal.policy.Partner;
import io.drawbridge.core.internal.policy.Provider;
import io.drawbridge.core.internal.policy.PublicGateway;
import io.drawbridge.core.internal.policy.Snapshot;
import io.drawbridge.core.internal.policy.TranslatedPartner;
import io.drawbridge.core.internal.safeguards.Limits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration while it is put together, entry by entry in the order of {@link Kind}: what is in it already wins
 * over what comes later.
 */
final class Draft {
    private static final String ONE_ROLE = "; one server has one role";
    static final String ONE_LIST = "; a domain is on one list only, once";

    EdgeRules edge = EdgeRules.NONE;
    Limits limits = Limits.STANDARD;
    final Map<DomainName, Blocking> blocked = new HashMap<>();
    final Map<DomainName, Partner> allowed = new HashMap<>();
    final Map<DomainName, TranslatedPartner> translated = new HashMap<>();
    final Map<DomainName, PublicGateway> gateways = new HashMap<>();
    final Map<String, Provider> providers = new HashMap<>();
    final Map<String, AccessPolicy> policies = new HashMap<>();
    final Map<Address, AccessPolicy> users = new HashMap<>();
    final Map<DomainName, AccessPolicy> sites = new HashMap<>();
    final Map<String, RulingEntry> rulings = new HashMap<>();

    EdgeSettings settings() {
        return edge.settings();
    }

    boolean isOwn(DomainName domain) {
        return settings().sipDomains().contains(domain);
    }

    /** Returns why a domain may not be blocked as well; empty if it may. */
    Optional<String> objectionToBlocking(DomainName domain) {
        if (isOwn(domain)) {
            return Optional.of("is an own domain, in sipDomains of " + EdgeEntry.PID);
        }
        return Optional.ofNullable(blocked.get(domain))
                .map(blocking -> "is blocked already, by " + blocking.pid() + ONE_LIST);
    }

    /** Returns why a domain may not be allowed as well; empty if it may. */
    Optional<String> objectionToAllowing(DomainName domain) {
        Optional<String> objection = objectionToBlocking(domain);
        return objection.isPresent()
                ? objection
                : Optional.ofNullable(allowed.get(domain))
                        .map(partner -> "is allowed already, by " + partner.pid() + ONE_LIST);
    }

    /** Returns why a domain may not be an XMPP partner's or a public provider's as well; empty if it may. */
    Optional<String> objectionToTranslating(DomainName domain) {
        return objectionToAllowing(domain).or(() -> Optional.ofNullable(translated.get(domain))
                .map(TranslatedPartner::pid)
                .or(() -> Optional.ofNullable(gateways.get(domain)).map(PublicGateway::pid))
                .map(pid -> "is reached by another link already, by " + pid + ONE_LIST));
    }

    /** Returns why a server may not be a partner's or another provider's; empty if it may. */
    Optional<String> objectionToServer(HostPort server) {
        Provider provider = providers.get(server.host());
        if (provider != null) {
            return Optional.of("is the server of the provider " + provider.pid() + ONE_ROLE);
        }
        Optional<PublicGateway> gateway = gateways.values().stream()
                .filter(known -> known.proxy().host().equals(server.host()))
                .findAny();
        if (gateway.isPresent()) {
            return Optional.of("is the gateway of " + gateway.get().pid() + ONE_ROLE);
        }
        return settings()
                        .nextHop()
                        .map(HostPort::host)
                        .filter(server.host()::equals)
                        .isPresent()
                ? Optional.of("is the next hop of " + EdgeEntry.PID + ONE_ROLE)
                : Optional.empty();
    }

    InForce freeze() {
        AccessPolicy global = policies.getOrDefault(AccessPolicyEntry.GLOBAL, AccessPolicy.BUILT_IN);
        Set<AccessPolicy> all = new HashSet<>(policies.values());
        Map<String, WatchedPeer.Ruling> byCertificate = new HashMap<>();
        rulings.forEach((certificate, entry) -> byCertificate.put(certificate, entry.ruling()));
        AccessPolicies access = new AccessPolicies(users, sites, global, all);
        return new InForce(
                new Snapshot(edge, blocked, allowed, translated, gateways, providers, access), limits, byCertificate);
    }
}
