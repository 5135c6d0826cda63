// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.audit.AuditEntry.Change;
import io.drawbridge.api.audit.AuditTrail;
import io.drawbridge.api.directory.ProviderDirectory;
import io.drawbridge.api.directory.ProviderStatus;
import io.drawbridge.api.directory.ProviderStatus.State;
import io.drawbridge.api.directory.ProviderTrial;
import io.drawbridge.api.directory.ProviderTrials;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.ProviderView;
import io.drawbridge.console.internal.view.ProvidersView;
import io.drawbridge.console.internal.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Lists, explains, enables and disables public providers, and judges new versions of their plug-ins. */
@Service
@Command(
        scope = "drawbridge",
        name = "providers",
        description = "Lists, explains, enables and disables public providers, and judges new versions on trial.",
        detailedDescription =
                """
                list          lists the providers that are configured or have a plug-in
                explain ID    says what a provider is, what it needs and what is wrong
                enable ID     lets own users talk to it
                disable ID    lets nothing pass, and signs its accounts out
                swap ID       the version that waits serves, and the other waits;
                              if it is older, the newer ones are taken back
                promote ID    lets the version on trial, or taken back, serve all
                take-back ID  ends a version's trial; the old one serves all again
                A change acts at once. What is refused changes nothing.
                Examples:
                  drawbridge:providers
                  drawbridge:providers explain example
                  drawbridge:providers enable example
                """)
public final class ProvidersCommand extends EdgeCommand {
    private static final String FACTORY_PID = "io.drawbridge.provider";

    @Argument(name = "action", description = "list, explain, enable, disable, swap, promote or take-back.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "explain", "enable", "disable", "swap", "promote", "take-back"})
    private String action = "list";

    @Argument(index = 1, name = "provider", description = "The provider's identifier.", multiValued = true)
    @Completion(ProviderWords.class)
    private List<String> words = new ArrayList<>();

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:providers " + action, given);
        ProviderDirectory directory = services.need(ProviderDirectory.class, Parts.PROVIDERS);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield new ProvidersView(directory.providers());
            }
            case "explain" -> explain(services, directory, id(operands));
            case "enable" -> store(services, directory, id(operands), true);
            case "disable" -> store(services, directory, id(operands), false);
            case "swap", "promote" ->
                judge(services, known(directory, id(operands)).id(), true);
            case "take-back" -> judge(services, known(directory, id(operands)).id(), false);
            default ->
                throw new CommandException("no action '" + action
                        + "'; there are list, explain, enable, disable, swap, promote, take-back");
        };
    }

    private static String id(Operands operands) throws CommandException {
        return operands.exactly("ID").get(0);
    }

    private static Optional<ProviderStatus> find(ProviderDirectory directory, String id) {
        return directory.providers().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst();
    }

    private static ProviderStatus known(ProviderDirectory directory, String id) throws CommandException {
        return find(directory, id)
                .orElseThrow(() -> new CommandException("there is no provider " + id + "; see drawbridge:providers"));
    }

    private static View explain(Services services, ProviderDirectory directory, String id) throws CommandException {
        ProviderStatus provider = known(directory, id);
        List<ProviderTrial> trials = services.find(ProviderTrials.class).stream()
                .flatMap(all -> all.trials().stream())
                .filter(trial -> trial.provider().equals(id))
                .toList();
        return new ProviderView(provider, trials);
    }

    private static View judge(Services services, String id, boolean promoted) throws CommandException {
        ProviderTrials trials = services.need(ProviderTrials.class, Parts.PROVIDERS);
        String version = (promoted ? trials.promote(id) : trials.takeBack(id))
                .orElseThrow(() -> new CommandException(
                        "no version of " + id + (promoted ? " waits, is on trial or taken back" : " is on trial")));
        String act = "provider version " + (promoted ? "promoted" : "taken back");
        services.find(AuditTrail.class)
                .ifPresent(trail -> trail.record(act, id, List.of(new Change("version", "", version))));
        return Done.of(id + ": version " + version
                + (promoted ? " serves everybody." : " is taken back; the old one serves everybody."));
    }

    private static View store(Services services, ProviderDirectory directory, String id, boolean enabled)
            throws CommandException, IOException, Refused {
        if (enabled && find(directory, id).isEmpty()) {
            throw new CommandException("no plug-in " + id + " is installed; see drawbridge:providers");
        }
        ConfigurationChanges changes = Parts.changes(services);
        String pid = changes.put(FACTORY_PID, id, Map.of("enabled", Boolean.toString(enabled)));
        boolean acts = changes.await(pid, () -> find(directory, id)
                .filter(provider -> isEnabled(provider.state()) == enabled)
                .isPresent());
        if (!acts) {
            return Done.of("Stored in " + pid + ", but not in force yet. See drawbridge:status.");
        }
        boolean ended =
                find(directory, id).filter(now -> now.state() == State.ENDED).isPresent();
        String fact = id + (enabled ? " is enabled." : " is disabled.");
        return ended
                ? Done.of(
                        fact,
                        "Nothing passes, since its network has ended: set evenThoughEnded=true in " + pid
                                + " if something else answers in its place.")
                : Done.of(fact, "Configured in " + pid);
    }

    private static boolean isEnabled(State state) {
        return state != State.DISABLED && state != State.UNCONFIGURED;
    }
}
