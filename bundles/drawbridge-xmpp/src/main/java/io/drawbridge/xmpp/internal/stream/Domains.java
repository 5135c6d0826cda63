// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.util.Optional;

/** Domains as streams name them. */
final class Domains {
    private Domains() {}

    /** Reads a domain; empty if it is none, which goes for IP addresses too. */
    static Optional<DomainName> of(String text) {
        try {
            return Optional.of(DomainName.of(text));
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    /** Returns the domain of an address (RFC 7622 section 3.1), whose other parts are judged by who reads the stanza. */
    static DomainName ofAddress(String address) throws StreamViolation {
        int resource = address.indexOf('/');
        String bare = resource < 0 ? address : address.substring(0, resource);
        return of(bare.substring(bare.indexOf('@') + 1))
                .orElseThrow(() ->
                        new StreamViolation(StreamCondition.IMPROPER_ADDRESSING, "a stanza without valid addresses"));
    }
}
