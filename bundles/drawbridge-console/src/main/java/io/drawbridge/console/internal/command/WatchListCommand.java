// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Ruling;
import io.drawbridge.console.internal.change.ConfigurationChanges;
import io.drawbridge.console.internal.change.Refused;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Operands;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.View;
import io.drawbridge.console.internal.view.WatchListView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Shows discovered partners, and rules on them. */
@Service
@Command(
        scope = "drawbridge",
        name = "watch-list",
        description = "Lists discovered partners and their limits; lifts the limits of one, or blocks it.",
        detailedDescription =
                """
                list                lists who was discovered, worst first
                allow CERTIFICATE   lifts the limits of the peer with this certificate
                block CERTIFICATE   lets nothing of this peer pass
                clear CERTIFICATE   takes the ruling back
                A certificate is named by its SHA-256 fingerprint, or its start.
                Examples:
                  drawbridge:watch-list
                  drawbridge:watch-list block 3f9a5c77d0e1b2c4
                """)
public final class WatchListCommand extends EdgeCommand {
    static final String FACTORY_PID = "io.drawbridge.federation.ruling";

    @Argument(name = "action", description = "list, allow, block or clear.")
    @Completion(
            value = StringsCompleter.class,
            values = {"list", "allow", "block", "clear"})
    private String action = "list";

    @Argument(index = 1, name = "certificate", description = "The fingerprint or its start.", multiValued = true)
    @Completion(FingerprintWords.class)
    private List<String> words = new ArrayList<>();

    @Override
    protected List<String> words() {
        return words;
    }

    @Override
    protected View run(Services services, List<String> given) throws CommandException, IOException, Refused {
        Operands operands = new Operands("drawbridge:watch-list " + action, given);
        Safeguards safeguards = services.need(Safeguards.class, Parts.CORE);
        return switch (action) {
            case "list" -> {
                operands.exactly();
                yield new WatchListView(safeguards.watchList(), times());
            }
            case "allow" -> rule(services, safeguards, peer(safeguards, operands), Ruling.ALLOW);
            case "block" -> rule(services, safeguards, peer(safeguards, operands), Ruling.BLOCK);
            case "clear" -> rule(services, safeguards, peer(safeguards, operands), Ruling.NONE);
            default -> throw new CommandException("no action '" + action + "'; there are list, allow, block, clear");
        };
    }

    private static WatchedPeer peer(Safeguards safeguards, Operands operands) throws CommandException {
        String start = operands.exactly("CERTIFICATE").get(0).replace(":", "").toLowerCase(Locale.ROOT);
        List<WatchedPeer> found = safeguards.watchList().stream()
                .filter(peer -> peer.fingerprint().startsWith(start))
                .toList();
        if (found.size() != 1) {
            throw new CommandException(found.size() + " peers have a certificate that starts with " + start);
        }
        return found.get(0);
    }

    private static View rule(Services services, Safeguards safeguards, WatchedPeer peer, Ruling ruling)
            throws CommandException, IOException, Refused {
        ConfigurationChanges changes = Parts.changes(services);
        String pid = FACTORY_PID + "~" + peer.fingerprint();
        if (ruling != Ruling.NONE) {
            changes.put(FACTORY_PID, peer.fingerprint(), Map.of("ruling", ruling.name(), "comment", peer.subject()));
        } else if (!changes.delete(pid)) {
            throw new CommandException("there is no ruling on " + peer.subject());
        }
        boolean acts = changes.await(pid, () -> safeguards.watchList().stream()
                .anyMatch(now -> now.fingerprint().equals(peer.fingerprint()) && now.ruling() == ruling));
        String sentence =
                switch (ruling) {
                    case ALLOW -> "No limit applies to ";
                    case BLOCK -> "Nothing passes from ";
                    case NONE -> "The usual limits apply to ";
                };
        return Done.of(sentence + peer.subject() + "." + (acts ? "" : " It is stored, but not in force yet."));
    }
}
