// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.configuration;

import io.drawbridge.api.configuration.InvalidSetting;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of configuration, in the order they are put together. Of two that contradict each other the earlier kind
 * wins, and within a kind the earlier PID, so that the outcome never depends on which file arrived first.
 */
enum Kind {
    /** Own domains come first: no list can take them away. */
    EDGE(EdgeEntry.PID, false),
    /** Blocking wins over everything that lets pass. */
    BLOCKED(BlockedDomains.PID, true),
    /** Providers come before partners, whose servers must not be theirs. */
    HOSTING(HostingProvider.PID, true),
    /** Allowed partners. */
    ALLOWED(AllowedDomains.PID, true),
    /** XMPP partners. */
    XMPP_PARTNER(XmppPartnerEntry.PID, true),
    /** Public providers, which their host offers. */
    PUBLIC_PROVIDER(PublicProviderEntry.PID, true),
    /** External access policies. */
    ACCESS(AccessPolicyEntry.PID, true),
    /** Rulings on discovered partners. */
    RULING(RulingEntry.PID, true);

    private final String pid;
    private final boolean factory;

    Kind(String pid, boolean factory) {
        this.pid = pid;
        this.factory = factory;
    }

    /** Returns the kind a PID is of; empty if it is none of the core's. */
    static Optional<Kind> of(String pid) {
        for (Kind kind : values()) {
            if (kind.owns(pid)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Returns the name behind the {@code ~} of a factory instance's PID; empty if it has none. */
    static String instance(String pid) {
        int tilde = pid.indexOf('~');
        return tilde < 0 ? "" : pid.substring(tilde + 1);
    }

    String pid() {
        return pid;
    }

    /** Returns whether Config Admin brings it; else it is offered as a service by who reads it there. */
    boolean isConfigured() {
        return this != PUBLIC_PROVIDER;
    }

    boolean factory() {
        return factory;
    }

    /** Reads one PID of this kind. */
    Reading read(String instancePid, Map<String, ?> properties) {
        try {
            return switch (this) {
                case EDGE -> EdgeEntry.read(instancePid, properties);
                case BLOCKED -> BlockedDomains.read(instancePid, properties);
                case HOSTING -> HostingProvider.read(instancePid, properties);
                case ALLOWED -> AllowedDomains.read(instancePid, properties);
                case XMPP_PARTNER -> XmppPartnerEntry.read(instancePid, properties);
                case PUBLIC_PROVIDER -> PublicProviderEntry.read(instancePid, properties);
                case ACCESS -> AccessPolicyEntry.read(instancePid, properties);
                case RULING -> RulingEntry.read(instancePid, properties);
            };
        } catch (InvalidSetting unreadable) {
            return Reading.unusable(unreadable);
        }
    }

    private boolean owns(String candidate) {
        if (!factory) {
            return candidate.equals(pid);
        }
        // Config Admin itself names an instance with a full stop, whoever names it does so with a tilde.
        return candidate.length() > pid.length()
                && candidate.startsWith(pid)
                && "~.".indexOf(candidate.charAt(pid.length())) >= 0;
    }
}
