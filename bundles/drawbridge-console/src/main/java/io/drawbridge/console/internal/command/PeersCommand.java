// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.directory.PeerDirectory;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.PeersView;
import io.drawbridge.console.internal.view.View;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Lists peers. */
@Service
@Command(
        scope = "drawbridge",
        name = "peers",
        description = "Lists the peers, up or down, and why.",
        detailedDescription =
                """
                A peer is one machine at the other end of connections, known by its
                TLS identity.
                Examples:
                  drawbridge:peers
                  drawbridge:peers --down
                """)
public final class PeersCommand extends EdgeCommand {
    @Option(name = "--down", description = "Only peers whose last connection attempt failed.")
    private boolean down;

    @Override
    protected View run(Services services, List<String> operands) throws CommandException {
        return PeersView.of(services.need(PeerDirectory.class, Parts.NET).peers(), down, times());
    }
}
