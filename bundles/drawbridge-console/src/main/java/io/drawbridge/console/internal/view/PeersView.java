// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.PeerStatus;
import io.drawbridge.api.directory.PeerStatus.State;
import java.util.List;
import java.util.Locale;

/**
 * Who is connected and why not.
 *
 * @param peers the peers shown
 * @param onlyDown whether those that are well were left out
 * @param times how to show times
 */
public record PeersView(List<PeerStatus> peers, boolean onlyDown, Times times) implements View {
    /** Takes the peers, or those without a usable connection that were tried. */
    public static PeersView of(List<PeerStatus> peers, boolean onlyDown, Times times) {
        List<PeerStatus> shown = peers.stream()
                .filter(peer -> !onlyDown || peer.state() == State.DOWN)
                .toList();
        return new PeersView(shown, onlyDown, times);
    }

    @Override
    public String text(int width) {
        if (peers.isEmpty()) {
            return Prose.wrapped(
                    onlyDown ? "No peer is down." : "No peers yet: they appear with the first traffic.", width);
        }
        Table table = new Table()
                .cut("PEER")
                .kept("SIDE")
                .kept("WAY")
                .kept("STATE")
                .extra(times.title("SINCE"))
                .extra("CONNS")
                .wrapped("WHY");
        for (PeerStatus peer : peers) {
            table.row(
                    peer.name(),
                    word(peer.side()),
                    peer.outgoing() ? "out" : "in",
                    word(peer.state()),
                    times.cell(peer.since()),
                    peer.connections(),
                    peer.why());
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return peers;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
