// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request's route set says, and what becomes of it on the way through (RFC 3261 sections 16.4 and 16.6, RFC 5658
 * for the two Record-Route values of an edge with two sides).
 *
 * @param requestUri the Request-URI to go by; another than the request's after a strict router
 * @param routes the Route values the request came with
 * @param own how many on top are this edge's and are removed
 * @param swapped whether the last Route value became the Request-URI
 */
record Path(SipUri requestUri, List<Octets> routes, int own, boolean swapped) {
    /** Marks our Record-Route values that come in pairs. */
    private static final String PAIR = "r2";

    private static final String LOOSE = "lr";

    /**
     * Reads the route set.
     *
     * @throws SipSyntaxException if a Route value that matters is malformed
     */
    static Path of(SipRequest request, OwnNames own) throws SipSyntaxException {
        if (!request.headers().has(HeaderName.ROUTE)) {
            return new Path(request.requestUri(), List.of(), 0, false);
        }
        List<Octets> routes = request.headers().values(HeaderName.ROUTE);
        SipUri target = request.requestUri();
        boolean swapped = own.leadsHere(target) && target.parameters().has(LOOSE);
        if (swapped) {
            target = parse(routes.get(routes.size() - 1)).uri();
        }
        return new Path(target, routes, ownOnTop(routes.subList(0, routes.size() - (swapped ? 1 : 0)), own), swapped);
    }

    private static int ownOnTop(List<Octets> routes, OwnNames own) throws SipSyntaxException {
        if (routes.isEmpty()) {
            return 0;
        }
        NameAddr top = parse(routes.get(0));
        if (!own.leadsHere(top)) {
            return 0;
        }
        boolean pair = top.uri().parameters().has(PAIR) && routes.size() > 1 && own.leadsHere(parse(routes.get(1)));
        return pair ? 2 : 1;
    }

    private static NameAddr parse(Octets route) throws SipSyntaxException {
        return NameAddr.parse(route, SipProblem.HEADER_LINE);
    }

    /** Returns the Route value that stays on top. */
    Optional<Octets> next() {
        int left = routes.size() - own - (swapped ? 1 : 0);
        return left > 0 ? Optional.of(routes.get(own)) : Optional.empty();
    }

    /** Returns whether this edge put itself into the route set. */
    boolean isOurs() {
        return own > 0 || swapped;
    }

    /** Returns where the route set wants the request to go next; empty if it leaves that to the Request-URI. */
    Optional<HostPort> nextHost() throws SipSyntaxException {
        Optional<Octets> next = next();
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(parse(next.get()).uri().hostPort());
    }

    /** Returns the value of ours that carries a seal: the first or, to somebody inside, the second. */
    Optional<SipUri> sealed(SipRequest request) throws SipSyntaxException {
        if (swapped && isSealed(request.requestUri())) {
            return Optional.of(request.requestUri());
        }
        for (Octets route : routes.subList(0, own)) {
            SipUri uri = parse(route).uri();
            if (isSealed(uri)) {
                return Optional.of(uri);
            }
        }
        return Optional.empty();
    }

    private static boolean isSealed(SipUri uri) {
        return uri.parameters().has(RouteSeal.PARAMETER);
    }

    /** Returns it with another Request-URI to go by. */
    Path to(SipUri uri) {
        return new Path(uri, routes, own, swapped);
    }

    /** Applies the rules to the copy of a request that is sent on. */
    void apply(SipRewrite rewrite, SipRequest request) throws SipSyntaxException {
        boolean strict = isStrict();
        int top = own + (strict ? 1 : 0);
        if (top + (swapped ? 1 : 0) == routes.size()) {
            rewrite.remove(HeaderName.ROUTE);
        } else {
            rewrite.removeTop(HeaderName.ROUTE, top);
            if (swapped) {
                rewrite.removeLast(HeaderName.ROUTE);
            }
        }
        if (strict) {
            rewrite.setRequestUri(sentUri());
            rewrite.append(HeaderName.ROUTE, "<" + requestUri + ">");
        } else if (requestUri != request.requestUri()) {
            rewrite.setRequestUri(requestUri.toString());
        }
    }

    /** Returns the Request-URI as it is sent on. */
    String sentUri() throws SipSyntaxException {
        return isStrict() ? parse(routes.get(own)).uri().toString() : requestUri.toString();
    }

    /** Returns the Route values as they are sent on. */
    List<String> sentRoutes() throws SipSyntaxException {
        List<String> sent = new ArrayList<>();
        int end = routes.size() - (swapped ? 1 : 0);
        boolean strict = isStrict();
        for (Octets route : routes.subList(Math.min(end, own + (strict ? 1 : 0)), end)) {
            sent.add(route.toString());
        }
        if (strict) {
            sent.add("<" + requestUri + ">");
        }
        return sent;
    }

    /** Returns whether the next element is a strict router of RFC 2543. */
    private boolean isStrict() throws SipSyntaxException {
        Optional<Octets> next = next();
        return next.isPresent() && !parse(next.get()).uri().parameters().has(LOOSE);
    }

    /** Returns a Record-Route value of ours. */
    static String recordRoute(HostPort self, String scheme) {
        return "<" + scheme + ":" + self + ";transport=tls;lr;" + PAIR + "=on>";
    }

    /** Returns the Record-Route value of ours that those outside bring back. */
    static String sealedRecordRoute(HostPort self, String scheme, String seal, Optional<Names> names) {
        String as =
                names.map(pair -> ";" + Names.PARAMETER + '=' + pair.sealed()).orElse("");
        return "<" + scheme + ":" + self + ";transport=tls;lr;" + PAIR + "=on;" + RouteSeal.PARAMETER + '=' + seal + as
                + '>';
    }
}
