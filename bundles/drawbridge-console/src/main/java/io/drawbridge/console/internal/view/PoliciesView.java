// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.AccessPolicyStatus;
import java.util.List;

/**
 * The external access policies, nearest scope last.
 *
 * @param policies the policies
 */
public record PoliciesView(List<AccessPolicyStatus> policies) implements View {
    @Override
    public String text(int width) {
        if (policies.isEmpty()) {
            return "No access policies.\n";
        }
        Table table = new Table()
                .cut("SCOPE")
                .kept("FEDERATION")
                .kept("XMPP")
                .kept("PUBLIC")
                .kept("CALLS")
                .kept("OUTSIDE")
                .wrapped("MEMBERS");
        for (AccessPolicyStatus policy : policies) {
            table.row(
                    policy.scope(),
                    yes(policy.federation()),
                    yes(policy.xmpp()),
                    yes(policy.publicCloud()),
                    yes(policy.publicCloudAudioVideo()),
                    yes(policy.outside()),
                    members(policy));
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return policies;
    }

    private static String members(AccessPolicyStatus policy) {
        String members = policy.scope().equals("global") ? "everybody else" : String.join(", ", policy.members());
        return policy.description().isEmpty() ? members : members + " (" + policy.description() + ")";
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
