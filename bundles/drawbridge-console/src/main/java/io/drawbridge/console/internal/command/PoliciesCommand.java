// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.AccessPolicyStatus;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.Address;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.change.Words;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.PoliciesView;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Lists and changes external access policies. */
@Service
@Command(
        scope = "drawbridge",
        name = "policies",
        description = "Lists and changes what own users may do across the edge.",
        detailedDescription =
                """
                list                     lists the policies; the nearest applies whole:
                                         tag before site before global
                set SCOPE KEY=VALUE ...  makes a policy or sets values of one; a scope is
                                         global, site:NAME or tag:NAME
                grant SCOPE USER         puts a user under a tag, or a domain under a site
                revoke SCOPE USER        takes it away
                remove SCOPE             deletes a policy
                Examples:
                  drawbridge:policies
                  drawbridge:policies set global enableFederationAccess=true
                  drawbridge:policies set tag:guests enableFederationAccess=false
                  drawbridge:policies set tag:guests "description=Visitors, until they leave"
                  drawbridge:policies grant tag:guests temp@contoso.example
                """)
public final class PoliciesCommand extends EdgeCommand {
    static final String FACTORY_PID = "io.drawbridge.policy.access";

    private static final String MEMBERS = "members";
    private static final String SCOPE = "scope";

    @Argument(name = "action", description = "list, set, grant, revoke or remove.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "set", "grant", "revoke", "remove"})
    private String action = "list";

    @Argument(index = 1, name = "scope", description = "The scope, then what the action needs.", multiValued = true)
    @Completion(PolicyWords.class)
    private List<String> words = new ArrayList<>();

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:policies " + action, given);
        PolicyDirectory policies = services.need(PolicyDirectory.class, Parts.CORE);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield new PoliciesView(policies.accessPolicies());
            }
            case "set" -> set(services, policies, operands.atLeast("SCOPE", "KEY=VALUE"));
            case "grant" -> member(services, policies, operands.exactly("SCOPE", "USER"), true);
            case "revoke" -> member(services, policies, operands.exactly("SCOPE", "USER"), false);
            case "remove" ->
                remove(services, policies, operands.exactly("SCOPE").get(0));
            default ->
                throw new CommandException("no action '" + action + "'; there are list, set, grant, revoke, remove");
        };
    }

    private static View set(Services services, PolicyDirectory policies, List<String> given)
            throws CommandException, IOException, Refused {
        String scope = given.get(0);
        Map<String, Object> values = new TreeMap<>();
        for (String word : given.subList(1, given.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new CommandException("'" + word + "' does not read KEY=VALUE");
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        ConfigurationChanges changes = Parts.changes(services);
        Optional<String> existing =
                find(policies, scope).map(AccessPolicyStatus::pid).filter(pid -> !pid.isEmpty());
        String pid;
        if (existing.isPresent()) {
            pid = existing.get();
            changes.set(pid, values);
        } else {
            values.put(SCOPE, scope);
            pid = changes.put(FACTORY_PID, scope.replace(':', '-'), values);
        }
        boolean acts = changes.await(pid, () -> find(policies, scope)
                .filter(policy -> policy.pid().equals(pid))
                .isPresent());
        return Done.of(acts ? "Policy " + scope + " is set in " + pid : "Stored in " + pid + ", not in force yet.");
    }

    private static View member(Services services, PolicyDirectory policies, List<String> given, boolean granted)
            throws CommandException, IOException, Refused {
        AccessPolicyStatus policy = known(policies, given.get(0));
        String member = policy.scope().startsWith("tag:")
                ? Address.of(given.get(1)).folded().toString()
                : given.get(1);
        ConfigurationChanges changes = Parts.changes(services);
        Map<String, Object> properties = changes.properties(policy.pid()).orElse(Map.of());
        Set<String> members = new LinkedHashSet<>(Words.of(properties.get(MEMBERS)));
        boolean changed = granted ? members.add(member) : members.remove(member);
        if (!changed) {
            throw new CommandException(member + (granted ? " has it already" : " does not have it"));
        }
        changes.set(policy.pid(), Map.of(MEMBERS, Words.text(List.copyOf(members))));
        boolean acts = changes.await(policy.pid(), () -> find(policies, policy.scope())
                .filter(now -> now.members().contains(member) == granted)
                .isPresent());
        return Done.of(policy.scope() + (granted ? " applies to " : " no longer applies to ") + member + "."
                + (acts ? "" : " It is stored, but not in force yet."));
    }

    private static View remove(Services services, PolicyDirectory policies, String scope)
            throws CommandException, IOException, Refused {
        AccessPolicyStatus policy = known(policies, scope);
        ConfigurationChanges changes = Parts.changes(services);
        changes.delete(policy.pid());
        boolean acts = changes.await(policy.pid(), () -> find(policies, scope)
                .filter(now -> now.pid().equals(policy.pid()))
                .isEmpty());
        return Done.of("Policy " + scope + " is deleted." + (acts ? "" : " It is still in force."));
    }

    private static AccessPolicyStatus known(PolicyDirectory policies, String scope) throws CommandException {
        AccessPolicyStatus policy = find(policies, scope)
                .orElseThrow(() -> new CommandException(
                        "no policy " + scope + "; make it with drawbridge:policies set " + scope + " KEY=VALUE"));
        if (policy.pid().isEmpty()) {
            throw new CommandException(scope + " is built in; drawbridge:policies set " + scope + " replaces it");
        }
        return policy;
    }

    private static Optional<AccessPolicyStatus> find(PolicyDirectory policies, String scope) {
        return policies.accessPolicies().stream()
                .filter(policy -> policy.scope().equals(scope))
                .findFirst();
    }
}
