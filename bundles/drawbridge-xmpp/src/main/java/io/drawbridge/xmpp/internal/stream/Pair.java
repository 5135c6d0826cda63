// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;

/**
 * Two domains between which stanzas go; a direction is not implied.
 *
 * @param own the own domain
 * @param partner the partner's
 */
record Pair(DomainName own, DomainName partner) {
    @Override
    public String toString() {
        return own + " and " + partner;
    }
}
