// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import io.drawbridge.api.policy.UserData;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipHeaders;
import io.drawbridge.sip.internal.codec.SipRequest;
import java.util.Locale;
import java.util.Optional;

/** What a request says of its sender's rights and standing, before policy decides what to make of it. */
public final class Claims {
    private static final String USER_DATA = "ms-user-data";
    private static final String VERIFIED = "ms-source-verified-user=";

    private Claims() {}

    /**
     * Reads the stamp of the home server, {@code ms-user-data: ms-publiccloud=true;ms-federation=true}: a header field,
     * or a parameter of the home's Via (lync-edge 6.5). A permission that is not stamped is not given.
     */
    public static Optional<UserData> userData(SipRequest request) {
        return request.headers()
                .first(HeaderName.MS_USER_DATA)
                .or(() -> request.topVia().parameters().first(USER_DATA))
                .map(Claims::stamp);
    }

    private static UserData stamp(Octets value) {
        String text = folded(value);
        return new UserData(text.contains("ms-federation=true"), text.contains("ms-publiccloud=true"));
    }

    /** Reads the peer's own mark of the sender: verified or not; empty without a mark (lync-edge 6.4). */
    public static Optional<Boolean> verifiedMark(SipHeaders headers) {
        return headers.first(HeaderName.MS_ASSERTED_VERIFICATION_LEVEL)
                .or(() -> headers.first(HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST))
                .map(Claims::folded)
                .filter(text -> text.contains(VERIFIED))
                .map(text -> text.contains(VERIFIED + "verified"));
    }

    private static String folded(Octets value) {
        return value.unfolded().toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
