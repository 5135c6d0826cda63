// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.trust;

import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.EdgeSettings;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipRewrite;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which header fields do not cross the edge, and which the edge adds (interworking 1.12, 3.3, 3.13; lync-edge 6.5).
 * Everything that claims trust is removed from what comes from outside; everything private is removed from what goes
 * there; what the edge vouches for, it writes itself.
 */
public final class HeaderTrust {
    /** The mark by which an edge tells another that it verified a sender, as seen in the field. */
    private static final String VERIFIED_MARK = "ms-source-verified-user=verified";

    /** A name of our own: how Lync calls its archiving notice is not published. */
    private static final String ARCHIVING_NOTICE = "ms-archiving-disclaimer";

    /** Claims of trust that only this edge, or this organisation's servers, may make. */
    private static final Set<HeaderName> NOT_FROM_OUTSIDE = Collections.unmodifiableSet(EnumSet.of(
            HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST,
            HeaderName.MS_ASSERTED_VERIFICATION_LEVEL,
            HeaderName.MS_USER_DATA,
            HeaderName.MS_DIAGNOSTICS,
            HeaderName.MS_DIAGNOSTICS_PUBLIC,
            HeaderName.MS_CLIENT_DIAGNOSTICS,
            HeaderName.P_ASSERTED_IDENTITY,
            HeaderName.P_PREFERRED_IDENTITY,
            HeaderName.REMOTE_PARTY_ID));

    /** What tells of users, phones and hosts inside. */
    private static final Set<HeaderName> NOT_TO_OUTSIDE = Collections.unmodifiableSet(EnumSet.of(
            HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST,
            HeaderName.MS_ASSERTED_VERIFICATION_LEVEL,
            HeaderName.MS_USER_DATA,
            HeaderName.MS_USER_LOGON_DATA,
            HeaderName.MS_SUBNET,
            HeaderName.MS_ENDPOINT_LOCATION_DATA,
            HeaderName.MS_TELEMETRY_ID,
            HeaderName.MS_CALL_SOURCE,
            HeaderName.MS_EXCHANGE_INFO,
            HeaderName.MS_DIAGNOSTICS,
            HeaderName.MS_CLIENT_DIAGNOSTICS,
            HeaderName.P_SESSION_ON_BEHALF_OF,
            HeaderName.P_ASSERTED_IDENTITY,
            HeaderName.P_PREFERRED_IDENTITY,
            HeaderName.REMOTE_PARTY_ID,
            HeaderName.DIVERSION,
            HeaderName.HISTORY_INFO));

    private static final Set<HeaderName> NOT_TO_OUTSIDE_NOR_DIAGNOSTICS = with(NOT_TO_OUTSIDE);

    private HeaderTrust() {}

    private static Set<HeaderName> with(Set<HeaderName> names) {
        EnumSet<HeaderName> more = EnumSet.copyOf(names);
        more.add(HeaderName.MS_DIAGNOSTICS_PUBLIC);
        return Collections.unmodifiableSet(more);
    }

    /**
     * Removes what may not travel this way.
     *
     * @param direction which way this message travels, for a response the opposite of its request's
     * @return how many header fields were removed
     */
    public static int strip(SipRewrite rewrite, Direction direction, EdgeSettings edge) {
        if (direction == Direction.INBOUND) {
            return rewrite.removeAll(NOT_FROM_OUTSIDE);
        }
        return rewrite.removeAll(edge.diagnosticsOutside() ? NOT_TO_OUTSIDE : NOT_TO_OUTSIDE_NOR_DIAGNOSTICS);
    }

    /** Tells the home whom a message from outside comes from. */
    public static void vouch(SipRewrite rewrite, Verdict verdict, String edgeFqdn, String peerFqdn) {
        verdict.source()
                .ifPresent(source -> rewrite.append(
                        HeaderName.MS_EDGE_PROXY_MESSAGE_TRUST,
                        mark(source, edgeFqdn, verdict.verified(), verdict.publicCloud())
                                + (source == SourceType.PROVIDER ? ";ms-remote-fqdn=" + peerFqdn : "")));
    }

    /** Returns how the home is told whom a request of the gateway comes from: a partner whose domain was proven. */
    public static String gatewayMark(String edgeFqdn) {
        return mark(SourceType.ALLOWED_PARTNER, edgeFqdn, true, false);
    }

    private static String mark(SourceType source, String edgeFqdn, boolean verified, boolean publicCloud) {
        return "ms-source-type=" + source.headerValue()
                + ";ms-ep-fqdn=" + edgeFqdn
                + ";ms-source-verified-user=" + (verified ? "verified" : "unverified")
                + ";ms-source-network=" + (publicCloud ? "publiccloud" : "federation");
    }

    /** Returns the mark of a response that this edge made itself. */
    public static String ownResponseMark(String edgeFqdn) {
        return "ms-source-type=EdgeProxyGenerated;ms-ep-fqdn=" + edgeFqdn
                + ";ms-source-verified-user=verified;ms-source-network=federation";
    }

    /** Adds what a request to outside says of its sender and of this organisation. */
    public static void introduce(SipRewrite rewrite, EdgeSettings edge) {
        if (edge.markSourceVerifiable()) {
            rewrite.append(HeaderName.MS_ASSERTED_VERIFICATION_LEVEL, VERIFIED_MARK);
        }
        if (edge.archivingDisclaimer()) {
            rewrite.append(ARCHIVING_NOTICE, "archived");
        }
    }
}
