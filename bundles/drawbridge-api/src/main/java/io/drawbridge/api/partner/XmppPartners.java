// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.partner;

import io.drawbridge.api.model.DomainName;
import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The XMPP partners now in force. Thread-safe, never blocks. */
@ProviderType
public interface XmppPartners {
    /** Returns the partner a domain belongs to, by its main or an additional domain. */
    Optional<XmppPartner> of(DomainName domain);

    /** Returns all partners. */
    Collection<XmppPartner> all();
}
