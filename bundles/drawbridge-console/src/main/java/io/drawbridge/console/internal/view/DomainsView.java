// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.DomainStatus;
import java.util.List;

/**
 * The lists of domains.
 *
 * @param domains the domains shown
 * @param filter what their names must contain; empty for all
 */
public record DomainsView(List<DomainStatus> domains, String filter) implements View {
    /** Takes the domains whose name or comment contains {@code filter}. */
    public static DomainsView of(List<DomainStatus> domains, String filter) {
        List<DomainStatus> shown = domains.stream()
                .filter(domain -> domain.domain().value().contains(filter)
                        || domain.comment().contains(filter))
                .toList();
        return new DomainsView(shown, filter);
    }

    @Override
    public String text(int width) {
        if (domains.isEmpty()) {
            return Prose.wrapped(
                    filter.isEmpty() ? "No domains are configured." : "No domain matches '" + filter + "'.", width);
        }
        Table table = new Table()
                .cut("DOMAIN")
                .kept("LIST")
                .cut("SERVER")
                .cut("COMMENT")
                .extra("CONFIGURED IN");
        for (DomainStatus domain : domains) {
            String server =
                    switch (domain.list()) {
                        case ALLOWED, XMPP -> domain.server().isEmpty() ? "by SRV" : domain.server();
                        case OWN, PUBLIC, BLOCKED -> "";
                    };
            table.row(domain.domain(), PeersView.word(domain.list()), server, domain.comment(), domain.pid());
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return domains;
    }
}
