// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.sip.internal.codec.NameAddr;
import io.drawbridge.sip.internal.codec.Octets;
import io.drawbridge.sip.internal.codec.SipMessage;
import io.drawbridge.sip.internal.codec.SipRewrite;
import io.drawbridge.sip.internal.codec.SipSyntaxException;
import io.drawbridge.sip.internal.codec.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Two names of one person: the one own users know, and the one of the network outside. What a message says of the one
 * becomes the other on its way through: outwards in Request-URI and To, inwards in From, and in answers the other way round,
 * so that both ends see one dialog each whose URIs never change (RFC 3261 section 12.2.1.1). Contacts stay, being addresses
 * of devices, and with them where a request within a dialog goes.
 *
 * <p>A dialog keeps the names it began with: they travel in the sealed value of its route set. So what a plug-in says of
 * names matters at its beginning only.
 *
 * @param here what own users call the person
 * @param there what the network calls the person
 */
record Names(Address here, Address there) {
    /** The URI parameter of our Record-Route that holds them. */
    static final String PARAMETER = "as";

    private static final char BETWEEN = '.';

    /** Returns them as a parameter's value. */
    String sealed() {
        return encoded(here) + BETWEEN + encoded(there);
    }

    private static String encoded(Address address) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(address.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a parameter's value; empty if it is none of ours. */
    static Optional<Names> of(Octets value) {
        String text = value.toString();
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Names(decoded(text.substring(0, between)), decoded(text.substring(between + 1))));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    private static Address decoded(String text) {
        return Address.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    }

    /** Returns a URI as the next hop of a request must read it. */
    SipUri sent(SipUri uri, Direction direction) throws SipSyntaxException {
        return direction == Direction.OUTBOUND && uri.isOf(here) ? SipUri.parse(uri.of(there)) : uri;
    }

    /** Returns From as the next hop of a request must read it. */
    String sentFrom(NameAddr from, Direction direction) throws SipSyntaxException {
        return direction == Direction.INBOUND && from.uri().isOf(there)
                ? from.of(here)
                : from.raw().toString();
    }

    /** Returns To as the next hop of a request must read it. */
    String sentTo(NameAddr to, Direction direction) throws SipSyntaxException {
        return direction == Direction.OUTBOUND && to.uri().isOf(here)
                ? to.of(there)
                : to.raw().toString();
    }

    /**
     * Changes From or To of a request on its way, or of an answer to it.
     *
     * @param direction the request's
     */
    void apply(SipRewrite rewrite, SipMessage message, Direction direction, boolean answer) throws SipSyntaxException {
        NameAddr value = direction == Direction.OUTBOUND ? message.to() : message.from();
        boolean outwards = (direction == Direction.OUTBOUND) != answer;
        if (value.uri().isOf(outwards ? here : there)) {
            rewrite.rename(value.uri(), outwards ? there : here);
        }
    }
}
