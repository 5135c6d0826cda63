// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.sip.internal.codec.HeaderName;
import io.drawbridge.sip.internal.codec.SipMethod;
import io.drawbridge.sip.internal.codec.SipRequest;
import io.drawbridge.sip.internal.codec.SipResponse;
import io.drawbridge.sip.internal.codec.SipRewrite;

/**
 * Hands over to the gateway's user agent what the home sends for it: requests that leave SIP here, requests within its
 * own dialogs, and answers to what it asked. The relay keeps nothing of them. Called on the hop's loop.
 */
public final class Handover {
    /** How the user part of every Contact of the user agent begins. */
    public static final String CONTACT_MARK = "gw-";

    /** What every branch of the user agent ends in, behind a dot. */
    public static final String BRANCH_MARK = "gw";

    private static final String WATCHERS = "presence.winfo";
    private static final String BRANCH_END = "." + BRANCH_MARK;
    private volatile SipElement gateway;

    /** Hands over to {@code element} from now on; to nobody if it is null. Thread-safe. */
    public void to(SipElement element) {
        gateway = element;
    }

    boolean isPossible() {
        return gateway != null;
    }

    /** Returns whether a request belongs to a dialog that the user agent began or accepted. */
    boolean isInDialog(Hop source, SipRequest request, Relay relay) {
        return gateway != null
                && source.side() == Side.INSIDE
                && request.isInDialog()
                && request.requestUri().isSip()
                && request.requestUri().user().startsWith(CONTACT_MARK)
                && relay.ownNames().contains(request.requestUri().hostPort());
    }

    /** Returns whether a user of the home asks who outside watches it (RFC 3857), which the user agent knows. */
    boolean isOfWatchers(Hop source, SipRequest request) {
        return gateway != null
                && source.side() == Side.INSIDE
                && request.method() == SipMethod.SUBSCRIBE
                && request.headers()
                        .first(HeaderName.EVENT)
                        .filter(event ->
                                event.toString().split(";", 2)[0].strip().equals(WATCHERS))
                        .isPresent();
    }

    /** Takes a CANCEL whose INVITE the relay did not keep; the user agent answers it in any case. */
    boolean cancel(Hop source, SipRequest cancel) {
        boolean taken = gateway != null && source.side() == Side.INSIDE;
        if (taken) {
            request(source, cancel);
        }
        return taken;
    }

    void request(Hop source, SipRequest request) {
        SipElement element = gateway;
        if (element == null || (!request.method().isAnswered() && request.method() != SipMethod.ACK)) {
            return; // BENOTIFY, which the user agent never asks for and nobody answers
        }
        element.received(
                source.flow(),
                SipRewrite.of(request).markTopVia(source.remote()).toBytes());
    }

    boolean response(Hop source, SipResponse response) {
        SipElement element = gateway;
        boolean taken = element != null && response.topVia().branch().endsWith(BRANCH_END);
        if (taken) {
            element.received(source.flow(), response.raw().toBytes());
        }
        return taken;
    }

    void closed(Hop hop) {
        SipElement element = gateway;
        if (element != null && hop.side() == Side.INSIDE) {
            element.closed(hop.flow());
        }
    }
}
