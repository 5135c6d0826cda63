// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.PeerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When certificates end, own ones and those of peers now connected, the next first.
 *
 * @param ends the certificates
 * @param times how to show times
 */
public record ExpiryView(List<End> ends, Times times) implements View {
    /** Collects what ends when. */
    public static ExpiryView of(List<IdentityStatus> identities, List<PeerStatus> peers, Times times) {
        List<End> ends = new ArrayList<>();
        for (IdentityStatus identity : identities) {
            identity.certificate().ifPresent(own -> ends.add(new End("own", identity.name(), own.notAfter())));
        }
        for (PeerStatus peer : peers) {
            peer.certificateExpires().ifPresent(end -> ends.add(new End("peer", peer.name(), end)));
        }
        ends.sort(Comparator.comparing(End::expires));
        return new ExpiryView(ends, times);
    }

    @Override
    public String text(int width) {
        if (ends.isEmpty()) {
            return Prose.wrapped("No certificates are known.", width);
        }
        Table table = new Table()
                .kept(times.title("EXPIRES"))
                .kept("DAYS")
                .kept("WHOSE")
                .cut("NAME");
        ends.forEach(end -> table.row(times.day(end.expires), times.daysUntil(end.expires), end.whose, end.name));
        return table.text(width);
    }

    @Override
    public Object data() {
        return ends;
    }

    /**
     * A certificate's end.
     *
     * @param whose {@code own} or {@code peer}
     * @param name the identity's or the peer's name
     * @param expires when it ends
     */
    public record End(String whose, String name, Instant expires) {}
}
