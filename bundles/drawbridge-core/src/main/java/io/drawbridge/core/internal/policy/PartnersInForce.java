// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.policy;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.partner.XmppPartners;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The XMPP partners of the snapshot that decides now.
 *
 * @param policy holds the snapshot
 */
public record PartnersInForce(PolicyInForce policy) implements XmppPartners {
    @Override
    public Optional<XmppPartner> of(DomainName domain) {
        return Optional.ofNullable(policy.snapshot().translated().get(domain)).flatMap(TranslatedPartner::xmpp);
    }

    @Override
    public Collection<XmppPartner> all() {
        return policy.snapshot().translated().values().stream()
                .flatMap(partner -> partner.xmpp().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
