// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Ruling;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Discovered partners as the safeguards see them, worst first.
 *
 * @param peers the watch list
 * @param times how to show times
 */
public record WatchListView(List<WatchedPeer> peers, Times times) implements View {
    private static final int FINGERPRINT_SHOWN = 16;

    @Override
    public String text(int width) {
        if (peers.isEmpty()) {
            return "No discovered partner has been seen.\n";
        }
        Table table = new Table()
                .kept("CERTIFICATE")
                .cut("SUBJECT")
                .cut("DOMAINS")
                .kept("LIMIT")
                .kept("RULING")
                .extra("CONTACTS")
                .extra(times.title("SEEN"));
        for (WatchedPeer peer : peers) {
            table.row(
                    peer.fingerprint()
                            .substring(
                                    0,
                                    Math.min(
                                            FINGERPRINT_SHOWN,
                                            peer.fingerprint().length())),
                    peer.subject(),
                    peer.domains().stream().sorted().map(DomainName::value).collect(Collectors.joining(", ")),
                    PeersView.word(peer.throttling()),
                    peer.ruling() == Ruling.NONE ? "" : PeersView.word(peer.ruling()),
                    peer.contacts(),
                    times.cell(peer.since()));
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return peers;
    }
}
