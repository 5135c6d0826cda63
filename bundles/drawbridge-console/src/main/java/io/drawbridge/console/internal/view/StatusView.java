// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.directory.PeerStatus.State;
import io.drawbridge.api.health.Finding;
import io.drawbridge.api.health.Finding.Level;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.EdgeSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The appliance at a glance.
 *
 * @param edge the settings in force; empty if nothing decides
 * @param listeners where it listens
 * @param peers who is connected
 * @param findings what the health checks found
 * @param problems refused configuration
 * @param absent parts that are not running
 */
public record StatusView(
        Optional<EdgeSettings> edge,
        List<ListenerStatus> listeners,
        List<PeerStatus> peers,
        List<Finding> findings,
        List<InvalidSetting> problems,
        List<String> absent)
        implements View {
    @Override
    public String text(int width) {
        StringBuilder text = new StringBuilder();
        text.append(summary().text(width));
        text.append('\n').append(listeners(width));
        text.append('\n').append(health(width));
        problems.forEach(problem -> text.append('\n').append(ProblemText.of(problem, width)));
        return text.toString();
    }

    @Override
    public Object data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("edge", edge);
        data.put("listeners", listeners);
        data.put(
                "peers",
                peers.stream().collect(Collectors.groupingBy(PeerStatus::state, TreeMap::new, Collectors.counting())));
        data.put("health", findings);
        data.put("problems", problems.stream().map(ProblemText::data).toList());
        data.put("notRunning", absent);
        return data;
    }

    private Fields summary() {
        return new Fields()
                .add("Own domains", edge.map(StatusView::domains).orElse("unknown"))
                .add(
                        "Home",
                        edge.map(settings -> settings.nextHop()
                                        .map(hop -> "next hop " + hop)
                                        .orElse("embedded"))
                                .orElse("unknown"))
                .add(
                        "Peers",
                        count(State.UP) + " up, " + count(State.CONNECTING) + " connecting, " + count(State.IDLE)
                                + " idle, " + count(State.DOWN) + " down")
                .add("Not running", String.join(", ", absent));
    }

    private static String domains(EdgeSettings settings) {
        return settings.sipDomains().isEmpty()
                ? "none in force; set sipDomains in io.drawbridge.edge"
                : settings.sipDomains().stream().sorted().map(DomainName::value).collect(Collectors.joining(", "));
    }

    private long count(State state) {
        return peers.stream().filter(peer -> peer.state() == state).count();
    }

    private String listeners(int width) {
        Table table = new Table()
                .cut("LISTENER")
                .kept("SIDE")
                .kept("PROTOCOL")
                .kept("ADDRESS")
                .kept("STATE")
                .extra("CONNS")
                .wrapped("WHY");
        for (ListenerStatus listener : listeners) {
            table.row(
                    listener.name(),
                    PeersView.word(listener.side()),
                    listener.protocol(),
                    listener.address(),
                    listener.open() ? "open" : "CLOSED",
                    listener.connections(),
                    listener.why());
        }
        return table.isEmpty() ? "No listener is configured.\n" : table.text(width);
    }

    private String health(int width) {
        Table table = new Table().kept("").kept("CHECK").wrapped("FOUND");
        for (Finding finding : findings) {
            String mark = finding.level() == Level.OK ? "ok" : finding.level().name();
            String check = finding.check();
            for (String detail : finding.details()) {
                table.row(mark, check, detail);
                mark = "";
                check = "";
            }
        }
        return table.isEmpty() ? "No health check runs.\n" : table.text(width);
    }
}
