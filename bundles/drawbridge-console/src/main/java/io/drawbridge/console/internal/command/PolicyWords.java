// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes scopes of access policies, and the keys of {@code set}. */
@Service
public final class PolicyWords extends TrailingWords {
    private static final List<String> KEYS = List.of(
            "enableFederationAccess=",
            "enableXmppAccess=",
            "enablePublicCloudAccess=",
            "enablePublicCloudAudioVideoAccess=",
            "enableOutsideAccess=",
            "members=");

    @Override
    Class<? extends EdgeCommand> command() {
        return PoliciesCommand.class;
    }

    @Override
    Collection<String> operands(Services services, String[] words, int index) {
        if (index > 2) {
            return words[1].equals("set") ? KEYS : List.of();
        }
        return services.find(PolicyDirectory.class)
                .map(policies -> policies.accessPolicies().stream()
                        .map(AccessPolicyStatus::scope)
                        .toList())
                .orElse(List.of());
    }
}
