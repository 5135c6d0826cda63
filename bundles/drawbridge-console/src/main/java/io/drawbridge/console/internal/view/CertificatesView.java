// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.console.internal.view;

import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.model.PeerIdentity;
import java.util.List;

/**
 * The own certificates.
 *
 * @param identities the identities
 * @param times how to show times
 */
public record CertificatesView(List<IdentityStatus> identities, Times times) implements View {
    @Override
    public String text(int width) {
        if (identities.isEmpty()) {
            return Prose.wrapped(
                    "No identities are configured. For a trial: drawbridge:certificates test-ca NAME HOST", width);
        }
        Table table = new Table()
                .kept("NAME")
                .cut("CERTIFICATE")
                .extra("ISSUER")
                .kept("EXPIRES")
                .kept("DAYS")
                .extra("USED BY")
                .wrapped("PROBLEM");
        for (IdentityStatus identity : identities) {
            table.row(
                    identity.name(),
                    identity.certificate().map(PeerIdentity::displayName).orElse("none"),
                    identity.certificate().map(PeerIdentity::issuer).orElse(""),
                    identity.certificate().map(own -> times.day(own.notAfter())).orElse(""),
                    identity.certificate()
                            .map(own -> Long.toString(times.daysUntil(own.notAfter())))
                            .orElse(""),
                    String.join(", ", identity.usedBy()),
                    identity.why());
        }
        return table.text(width);
    }

    @Override
    public Object data() {
        return identities;
    }
}
