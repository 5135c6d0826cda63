// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.audit.AuditTrail;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.AuditView;
import io.drawbridge.console.internal.view.View;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Shows who changed what. */
@Service
@Command(
        scope = "drawbridge",
        name = "audit",
        description = "Lists the last changes: who, when, what, old and new value.",
        detailedDescription =
                """
                Newest first, since the start; older ones are in
                data/log/audit.log. Secrets are shown as ***.
                Example:
                  drawbridge:audit --limit 50
                """)
public final class AuditCommand extends EdgeCommand {
    @Option(name = "--limit", description = "How many at most.")
    private int limit = 20;

    @Override
    protected View run(Services services, List<String> operands) throws CommandException {
        return new AuditView(services.need(AuditTrail.class, Parts.MONITOR).last(limit), times());
    }
}
