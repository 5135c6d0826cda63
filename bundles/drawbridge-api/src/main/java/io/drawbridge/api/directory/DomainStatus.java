// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.api.directory;

import io.drawbridge.api.model.DomainName;

/**
 * A domain on a list.
 *
 * @param domain the domain
 * @param list which list
 * @param server the configured server, empty for SRV
 * @param comment the administrator's comment
 * @param pid where it is configured
 */
public record DomainStatus(DomainName domain, DomainList list, String server, String comment, String pid) {
    /** Lists of domains. */
    public enum DomainList {
        /** Own SIP domains. */
        OWN,
        /** Allowed partners. */
        ALLOWED,
        /** XMPP partners, with their additional domains. */
        XMPP,
        /** Public providers' domains. */
        PUBLIC,
        /** Blocked domains. */
        BLOCKED
    }
}
