// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.DomainStatus;
import io.drawbridge.api.directory.DomainStatus.DomainList;
import io.drawbridge.api.directory.PolicyDirectory;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.change.Words;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.DomainsView;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Lists and changes who the partners are. */
@Service
@Command(
        scope = "drawbridge",
        name = "domains",
        description = "Lists, allows, blocks and removes partner domains.",
        detailedDescription =
                """
                list            lists own, allowed and blocked domains
                allow DOMAIN    lets own users and the domain's users talk; its
                                server is found by SRV, or named by --proxy
                block DOMAIN    lets nothing pass from or to the domain
                remove DOMAIN   takes the domain off its list
                A change acts at once. What is refused changes nothing.
                Examples:
                  drawbridge:domains
                  drawbridge:domains list --filter example
                  drawbridge:domains allow fabrikam.example
                  drawbridge:domains allow litware.example --proxy sip.litware.example
                  drawbridge:domains remove litware.example
                """)
public final class DomainsCommand extends EdgeCommand {
    static final String ALLOWED = "io.drawbridge.federation.allowed";
    static final String BLOCKED = "io.drawbridge.federation.blocked";

    private static final String DOMAIN = "domain";

    @Argument(name = "action", description = "list, allow, block or remove.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "allow", "block", "remove"})
    private String action = "list";

    @Argument(index = 1, name = "domain", description = "The domain, then options.", multiValued = true)
    @Completion(DomainWords.class)
    private List<String> words = new ArrayList<>();

    @Option(name = "--filter", description = "list: only domains whose name or comment contains this.")
    private String filter = "";

    @Option(name = "--proxy", description = "allow: the partner's edge server, host or host:port.")
    private String proxy;

    @Option(name = "--comment", description = "allow, block: a note for people.")
    private String comment;

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:domains " + action, given);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield DomainsView.of(
                        services.need(PolicyDirectory.class, Parts.CORE).domains(), filter);
            }
            case "allow" -> put(services, ALLOWED, DomainList.ALLOWED, domain(operands));
            case "block" -> put(services, BLOCKED, DomainList.BLOCKED, domain(operands));
            case "remove" -> remove(services, domain(operands));
            default -> throw new CommandException("no action '" + action + "'; there are list, allow, block, remove");
        };
    }

    private static DomainName domain(Operands operands) throws CommandException {
        return DomainName.of(operands.exactly("DOMAIN").get(0));
    }

    private View put(Services services, String factoryPid, DomainList list, DomainName domain)
            throws CommandException, IOException, Refused {
        Map<String, Object> values = new HashMap<>(Map.of(DOMAIN, domain.value()));
        if (comment != null) {
            values.put("comment", comment);
        }
        if (proxy != null) {
            if (list == DomainList.BLOCKED) {
                throw new CommandException("--proxy goes with allow");
            }
            values.put("proxyFqdn", proxy);
        }
        ConfigurationChanges changes = Parts.changes(services);
        String pid = changes.put(factoryPid, domain.value(), values);
        Optional<PolicyDirectory> policies = services.find(PolicyDirectory.class);
        boolean acts = changes.await(
                pid,
                () -> policies.isPresent()
                        && policies.get().domains().stream()
                                .anyMatch(status -> status.domain().equals(domain) && status.list() == list));
        String word = list == DomainList.ALLOWED ? " is allowed." : " is blocked.";
        return acts
                ? Done.of(domain + word, "Configured in " + pid)
                : Done.of("Stored in " + pid + ", but not in force yet. See drawbridge:status.");
    }

    private static View remove(Services services, DomainName domain) throws CommandException, IOException, Refused {
        ConfigurationChanges changes = Parts.changes(services);
        PolicyDirectory policies = services.need(PolicyDirectory.class, Parts.CORE);
        List<DomainStatus> listed = policies.domains().stream()
                .filter(status -> status.domain().equals(domain))
                .toList();
        if (listed.isEmpty()) {
            throw new CommandException(domain + " is on no list");
        }
        for (DomainStatus status : listed) {
            if (status.list() == DomainList.OWN) {
                throw new CommandException(domain + " is an own domain: change sipDomains in " + status.pid());
            }
            take(changes, status);
        }
        String pid = listed.get(0).pid();
        boolean acts = changes.await(pid, () -> policies.domains().stream()
                .noneMatch(status -> status.domain().equals(domain)));
        return Done.of(
                acts ? domain + " is on no list any more." : domain + " was taken out of " + pid + ", still in force.");
    }

    /** Deletes the configuration that lists the domain, or takes the domain out if it lists others too. */
    private static void take(ConfigurationChanges changes, DomainStatus status) throws IOException, Refused {
        Map<String, Object> properties = changes.properties(status.pid()).orElse(Map.of());
        List<String> others = Words.of(properties.get(DOMAIN)).stream()
                .filter(other -> !DomainName.of(other).equals(status.domain()))
                .toList();
        if (others.isEmpty()) {
            changes.delete(status.pid());
        } else {
            changes.set(status.pid(), Map.of(DOMAIN, Words.text(others)));
        }
    }
}
