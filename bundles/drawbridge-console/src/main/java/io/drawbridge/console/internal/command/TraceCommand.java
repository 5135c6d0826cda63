// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.command;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.crossing.CrossingTrace;
import io.drawbridge.api.crossing.CrossingTrace.Filter;
import io.drawbridge.api.crossing.CrossingTrace.Following;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.console.internal.shell.EdgeCommand;
import io.drawbridge.console.internal.shell.Services;
import io.drawbridge.console.internal.view.CrossingLine;
import io.drawbridge.console.internal.view.CrossingView;
import io.drawbridge.console.internal.view.Done;
import io.drawbridge.console.internal.view.TraceView;
import io.drawbridge.console.internal.view.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Shows the last crossings. */
@Service
@Command(
        scope = "drawbridge",
        name = "trace",
        description = "Lists the last requests that came to the edge and what became of them. Never a body.",
        detailedDescription =
                """
                Newest first. Filters narrow together. As many are kept as traceSize
                in io.drawbridge.monitor says.
                Examples:
                  drawbridge:trace
                  drawbridge:trace --domain fabrikam.example --limit 100
                  drawbridge:trace --reason domain_not_allowed
                  drawbridge:trace --follow --user alice@contoso.example
                  drawbridge:trace --id 4711
                """)
public final class TraceCommand extends EdgeCommand {
    /** How often to look whether somebody still reads while nothing crosses. */
    private static final Duration LOOK_UP = Duration.ofMillis(500);

    @Option(name = "--user", description = "Part of the sender's or the recipient's address.")
    private String user;

    @Option(name = "--domain", description = "The sender's or the recipient's domain.")
    private String domain;

    @Option(name = "--peer", description = "Part of the name of the peer it came from or went to.")
    private String peer;

    @Option(name = "--reason", description = "Why it went as it did.")
    @Completion(ReasonWords.class)
    private String reason;

    @Option(name = "--limit", description = "How many at most.")
    private int limit = 20;

    @Option(
            name = "--follow",
            aliases = {"-f"},
            description = "Shows crossings as they finish, until Ctrl-C.")
    private boolean follow;

    @Option(name = "--id", description = "One crossing in full, with the verdict of each rule.")
    private String id;

    @Override
    protected View run(Services services, List<String> operands) throws CommandException {
        CrossingTrace trace = services.need(CrossingTrace.class, Parts.MONITOR);
        if (id != null) {
            return trace.last(Filter.ANY, Integer.MAX_VALUE).stream()
                    .filter(crossing -> crossing.id().equals(id))
                    .findFirst()
                    .map(crossing -> (View) new CrossingView(crossing, times()))
                    .orElseThrow(() -> new CommandException("no crossing " + id + " is kept any more"));
        }
        Filter filter = new Filter(
                Optional.ofNullable(user),
                Optional.ofNullable(domain).map(DomainName::of),
                Optional.ofNullable(peer),
                reason == null ? Optional.empty() : Optional.of(ReasonWords.reason(reason)));
        return follow ? followed(trace, filter) : new TraceView(trace.last(filter, limit), times());
    }

    /** Shows what comes until whoever reads it interrupts or goes away. */
    private View followed(CrossingTrace trace, Filter filter) {
        CrossingFeed feed = new CrossingFeed();
        long shown = 0;
        Following following = trace.follow(filter, feed::offer);
        try {
            while (isRead()) {
                Optional<Crossing> next = feed.next(LOOK_UP);
                if (next.isPresent()) {
                    show(new CrossingLine(next.get(), times()));
                    shown++;
                }
            }
        } catch (InterruptedException enough) {
            // Ctrl-C: the normal end.
        } finally {
            following.close();
        }
        String leftOut = feed.leftOut() == 0 ? "" : " " + feed.leftOut() + " more came too fast to be shown.";
        return Done.of("Shown: " + shown + "." + leftOut);
    }
}
