// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.model.DomainName;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names an own certificate is asked for: DNS names and nothing else. An id-on-xmppAddr name among them would crash a
 * widely installed server.
 */
final class HostNames {
    private final List<String> names;

    /** Checks and normalises; {@code IllegalArgumentException} if one is not a host name. */
    HostNames(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a certificate needs at least one DNS name");
        }
        this.names = names.stream()
                .map(name -> DomainName.of(name).value())
                .distinct()
                .toList();
    }

    /** Returns the first name as subject. */
    X500Name subject() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, names.get(0))
                .build();
    }

    /** Returns all names as alternative names; whoever has any must repeat the subject's (RFC 6125 section 6.4.4). */
    GeneralNames alternativeNames() {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }
}
