// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.location.Binding;
import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param flow over which way
 * @param requestUri to whom; empty if the Request-URI stays
 */
public record Target(SipFlow flow, Optional<String> requestUri) {
    /** A client of a user. */
    public static Target of(Binding binding) {
        return new Target(binding.flow(), Optional.of(binding.contact()));
    }

    /** The other end of a flow, whoever the request names. */
    public static Target of(SipFlow flow) {
        return new Target(flow, Optional.empty());
    }
}
