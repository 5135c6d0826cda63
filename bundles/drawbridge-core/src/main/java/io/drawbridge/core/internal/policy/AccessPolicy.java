// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An external access policy (lync-edge 9): the flags of one scope, each with the fact it gives a verdict. */
public final class AccessPolicy {
    /** What applies where no global policy is configured: nothing is allowed. */
    public static final AccessPolicy BUILT_IN = new AccessPolicy("", "global", "", Set.of(), List.of());

    private final String pid;
    private final String scope;
    private final String description;
    private final Map<Flag, RuleResult> facts = new EnumMap<>(Flag.class);
    private final List<String> members;

    /**
     * Derives the facts.
     *
     * @param pid where it is configured, empty for the built-in one
     * @param scope {@code global}, {@code site:NAME} or {@code tag:NAME}
     * @param description what it is for, for people
     * @param granted the flags that are on
     * @param members users or domains it applies to, for people
     */
    public AccessPolicy(String pid, String scope, String description, Set<Flag> granted, List<String> members) {
        this.pid = pid;
        this.scope = scope;
        this.description = description;
        this.members = List.copyOf(members);
        String source = " in " + scope + " (" + (pid.isEmpty() ? "built in" : pid) + ")";
        for (Flag flag : Flag.values()) {
            boolean on = granted.contains(flag);
            facts.put(flag, new RuleResult(Rule.ACCESS_POLICY, on, flag.key + "=" + on + source));
        }
    }

    /** Returns what the policy says of a flag. */
    RuleResult fact(Flag flag) {
        return facts.get(flag);
    }

    /** Returns whether a flag is on. */
    boolean grants(Flag flag) {
        return facts.get(flag).passed();
    }

    /** Returns its PID, empty for the built-in one. */
    public String pid() {
        return pid;
    }

    /** Returns its scope. */
    public String scope() {
        return scope;
    }

    /** Returns it for people. */
    AccessPolicyStatus status() {
        return new AccessPolicyStatus(
                scope,
                description,
                grants(Flag.FEDERATION),
                grants(Flag.XMPP),
                grants(Flag.PUBLIC_CLOUD),
                grants(Flag.PUBLIC_CLOUD_AUDIO_VIDEO),
                grants(Flag.OUTSIDE),
                members,
                pid);
    }

    /** What a policy can grant. */
    public enum Flag {
        /** Users of federated organisations. */
        FEDERATION("enableFederationAccess"),
        /** XMPP partners, together with {@link #FEDERATION}. */
        XMPP("enableXmppAccess"),
        /** Public providers. */
        PUBLIC_CLOUD("enablePublicCloudAccess"),
        /** Calls with public providers. */
        PUBLIC_CLOUD_AUDIO_VIDEO("enablePublicCloudAudioVideoAccess"),
        /** Signing in from outside. */
        OUTSIDE("enableOutsideAccess");

        private final String key;

        Flag(String key) {
            this.key = key;
        }
    }
}
