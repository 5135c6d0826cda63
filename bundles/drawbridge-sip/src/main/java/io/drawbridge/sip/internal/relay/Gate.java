// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.policy.Reason;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipHeaders;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import io.drawbridge.sip.internal.codec.Via;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The checks of a request that need no policy (RFC 3261 section 16.3, RFC 5393, interworking 1.2 and 3.10), in their
 * order; the first that fails decides.
 */
final class Gate {
    /** What crosses, besides extension methods, as {@code Allow} says it. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS, INFO, UPDATE, PRACK, REFER, SUBSCRIBE, "
            + "NOTIFY, BENOTIFY, PUBLISH";

    /** Extensions a proxy may be required to know: BENOTIFY is passed on and never answered (interworking 3.8). */
    private static final Set<String> UNDERSTOOD = Set.of("ms-benotify");

    /** Event packages between a client and its own server only. */
    private static final List<String> OWN_SERVER_EVENTS =
            List.of("vnd-microsoft-roaming", "vnd-microsoft-provisioning");

    /** Contact lists of a client, subscribed to in one request. */
    private static final List<String> BATCH_TYPES =
            List.of("application/adrl+xml", "application/msrtc-adrl-categorylist+xml");

    private Gate() {}

    /**
     * Returns why the request goes no further, or null.
     *
     * @param hash what routing depends on, see {@link Branch#hash}
     * @param own the names of this edge
     */
    static Rejection check(SipRequest request, int hash, OwnNames own) {
        if (!request.requestUri().isSip()) {
            return Rejection.with(Reason.MALFORMED, 416, "Unsupported URI Scheme");
        }
        if (request.maxForwards() == 0) {
            return Rejection.with(Reason.LOOP, 483, "Too Many Hops");
        }
        if (cameHereBefore(request.headers(), hash, own)) {
            return Rejection.of(Reason.LOOP);
        }
        String unsupported = unsupported(request.headers());
        if (!unsupported.isEmpty()) {
            return Rejection.with(Reason.MALFORMED, 420, "Bad Extension").with(HeaderName.UNSUPPORTED, unsupported);
        }
        if (hasNoBreadth(request.headers())) {
            return Rejection.with(Reason.LOOP, 440, "Max-Breadth Exceeded");
        }
        return checkMethod(request);
    }

    /** A Via of ours that sums up the same: the request would go where it went then (RFC 5393 section 4.2.2). */
    private static boolean cameHereBefore(SipHeaders headers, int hash, OwnNames own) {
        for (Octets value : headers.values(HeaderName.VIA)) {
            try {
                Via via = Via.parse(value);
                if (Branch.hasHash(via.branch(), hash) && own.contains(via.sentBy())) {
                    return true;
                }
            } catch (SipSyntaxException foreign) {
                // A Via further down is its writer's business; ours are well-formed.
            }
        }
        return false;
    }

    private static String unsupported(SipHeaders headers) {
        if (!headers.has(HeaderName.PROXY_REQUIRE)) {
            return "";
        }
        StringBuilder unsupported = new StringBuilder();
        for (Octets value : headers.values(HeaderName.PROXY_REQUIRE)) {
            String token = value.toString();
            if (!UNDERSTOOD.contains(token.toLowerCase(Locale.ROOT))) {
                unsupported.append(unsupported.isEmpty() ? "" : ", ").append(token);
            }
        }
        return unsupported.toString();
    }

    private static boolean hasNoBreadth(SipHeaders headers) {
        return headers.has(HeaderName.MAX_BREADTH)
                && headers.first(HeaderName.MAX_BREADTH)
                        .filter(value -> value.equalsIgnoreCase("0"))
                        .isPresent();
    }

    private static Rejection checkMethod(SipRequest request) {
        return switch (request.method()) {
            case REGISTER, SERVICE, NEGOTIATE ->
                Rejection.with(Reason.NOT_FOR_FEDERATION, 405, "Method Not Allowed")
                        .with(HeaderName.ALLOW, ALLOW);
            case SUBSCRIBE -> checkSubscribe(request.headers());
            default -> null;
        };
    }

    private static Rejection checkSubscribe(SipHeaders headers) {
        if (begins(headers, HeaderName.EVENT, OWN_SERVER_EVENTS)) {
            return Rejection.with(Reason.NOT_FOR_FEDERATION, 489, "Bad Event")
                    .with(HeaderName.ALLOW_EVENTS, "presence, presence.winfo, conference, dialog, message-summary");
        }
        return begins(headers, HeaderName.CONTENT_TYPE, BATCH_TYPES) ? Rejection.of(Reason.NOT_FOR_FEDERATION) : null;
    }

    private static boolean begins(SipHeaders headers, HeaderName name, List<String> prefixes) {
        return headers.first(name)
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .filter(text -> prefixes.stream().anyMatch(text::startsWith))
                .isPresent();
    }

    /** Returns whether the edge itself is asked: OPTIONS for its own name, or as far as here. */
    static boolean asksThisEdge(SipRequest request, OwnNames own) {
        if (request.method() != SipMethod.OPTIONS) {
            return false;
        }
        SipUri uri = request.requestUri();
        return request.maxForwards() == 0 || (uri.isSip() && uri.user().isEmpty() && own.isHost(uri.host()));
    }
}
