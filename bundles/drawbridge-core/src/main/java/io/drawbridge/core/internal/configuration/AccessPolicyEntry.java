// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.core.internal.policy.AccessPolicy;
import io.drawbridge.core.internal.policy.AccessPolicy.Flag;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One external access policy with those it applies to.
 *
 * @param policy the flags
 * @param users of a tag, folded
 * @param domains of a site
 */
record AccessPolicyEntry(AccessPolicy policy, Set<Address> users, Set<DomainName> domains) implements Entry {
    static final String PID = "io.drawbridge.policy.access";
    static final String GLOBAL = "global";

    private static final String TAG = "tag:";
    private static final String SITE = "site:";
    private static final String MEMBERS = "members";

    static Reading read(String pid, Map<String, ?> properties) throws InvalidSetting {
        Settings<AccessPolicyConfig> settings = Settings.read(AccessPolicyConfig.class, pid, properties);
        AccessPolicyConfig config = settings.value();
        Flaws flaws = new Flaws(pid);
        String scope = scope(pid, config, flaws);
        boolean usable = flaws.none();
        Set<Address> users = scope.startsWith(TAG) ? flaws.users(MEMBERS, config.members()) : Set.of();
        Set<DomainName> domains = scope.startsWith(SITE) ? flaws.domains(MEMBERS, config.members()) : Set.of();
        if (scope.equals(GLOBAL) && config.members().length > 0) {
            flaws.add(MEMBERS, String.join(",", config.members()), "is empty for scope global, which is for everybody");
        }
        List<String> members = Stream.concat(users.stream(), domains.stream())
                .map(Object::toString)
                .toList();
        AccessPolicy policy = new AccessPolicy(pid, scope, config.description().strip(), granted(config), members);
        Optional<Entry> entry = usable ? Optional.of(new AccessPolicyEntry(policy, users, domains)) : Optional.empty();
        return new Reading(entry, flaws.found(), settings.unknownKeys());
    }

    private static String scope(String pid, AccessPolicyConfig config, Flaws flaws) {
        String given = config.scope().isBlank() ? Kind.instance(pid) : config.scope();
        String scope = given.strip().toLowerCase(Locale.ROOT);
        if (!scope.equals(GLOBAL) && !scope.startsWith(SITE) && !scope.startsWith(TAG)) {
            scope = TAG + scope;
        }
        if (scope.endsWith(":")) {
            flaws.add("scope", given, "is global, site:NAME or tag:NAME");
        }
        return scope;
    }

    private static Set<Flag> granted(AccessPolicyConfig config) {
        Set<Flag> granted = EnumSet.noneOf(Flag.class);
        grant(granted, Flag.FEDERATION, config.enableFederationAccess());
        grant(granted, Flag.XMPP, config.enableXmppAccess());
        grant(granted, Flag.PUBLIC_CLOUD, config.enablePublicCloudAccess());
        grant(granted, Flag.PUBLIC_CLOUD_AUDIO_VIDEO, config.enablePublicCloudAudioVideoAccess());
        grant(granted, Flag.OUTSIDE, config.enableOutsideAccess());
        return granted;
    }

    private static void grant(Set<Flag> granted, Flag flag, boolean on) {
        if (on) {
            granted.add(flag);
        }
    }

    @Override
    public String pid() {
        return policy.pid();
    }

    @Override
    public void contradictions(Draft draft, Flaws flaws) {
        objectionToScope(draft).ifPresent(rule -> flaws.add("scope", policy.scope(), rule));
        for (Address user : users) {
            objection(draft, user.domain(), draft.users.get(user))
                    .ifPresent(rule -> flaws.add(MEMBERS, user.toString(), rule));
        }
        for (DomainName domain : domains) {
            objection(draft, domain, draft.sites.get(domain))
                    .ifPresent(rule -> flaws.add(MEMBERS, domain.value(), rule));
        }
    }

    @Override
    public void enter(Draft draft) {
        if (objectionToScope(draft).isPresent()) {
            return;
        }
        draft.policies.put(policy.scope(), policy);
        for (Address user : users) {
            if (objection(draft, user.domain(), draft.users.get(user)).isEmpty()) {
                draft.users.put(user, policy);
            }
        }
        for (DomainName domain : domains) {
            if (objection(draft, domain, draft.sites.get(domain)).isEmpty()) {
                draft.sites.put(domain, policy);
            }
        }
    }

    private Optional<String> objectionToScope(Draft draft) {
        return Optional.ofNullable(draft.policies.get(policy.scope()))
                .map(other -> "has a policy already, " + other.pid() + "; a scope has one");
    }

    private static Optional<String> objection(Draft draft, DomainName domain, AccessPolicy other) {
        if (!draft.isOwn(domain)) {
            return Optional.of(domain + " is not an own domain; sipDomains of " + EdgeEntry.PID + " has those");
        }
        return Optional.ofNullable(other).map(taken -> "has " + taken.scope() + " already, by " + taken.pid());
    }
}
