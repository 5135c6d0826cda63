// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.sip;

import gov.nist.javax.sip.address.SipUri;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.lib.jainsip.RequestRefused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sip.address.URI;

/** Reads the address of record out of a SIP URI. */
public final class SipAddress {
    private SipAddress() {}

    /**
     * Returns the address of record: user and host, escapes resolved, folded, everything else dropped (RFC 3261 section
     * 10.3 step 5).
     *
     * @return empty if the host is no domain name; the user is empty for a URI without one
     * @throws RequestRefused 416 if it is no SIP URI
     */
    public static Optional<Address> of(URI uri) throws RequestRefused {
        if (!(uri instanceof SipUri sip)) {
            throw new RequestRefused(416);
        }
        try {
            String user = sip.getUser() == null ? "" : unescape(sip.getUser());
            return Optional.of(new Address(user, DomainName.of(sip.getHost())).folded());
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }

    private static String unescape(String user) {
        return user.indexOf('%') < 0 ? user : URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
