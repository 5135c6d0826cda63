// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.proxy;

import io.drawbridge.lib.jainsip.SipText;
import java.util.List;

/** Headers that only servers of the trust domain may set (RFC 3325; interworking 3.13). A client's are dropped. */
final class TrustHeaders {
    private static final List<String> NAMES = List.of(
            "P-Asserted-Identity",
            "P-Preferred-Identity",
            "ms-edge-proxy-message-trust",
            "ms-asserted-verification-level",
            "ms-user-data",
            "ms-diagnostics",
            "ms-diagnostics-public");

    private TrustHeaders() {}

    static void strip(SipText text) {
        NAMES.forEach(text::remove);
    }
}
