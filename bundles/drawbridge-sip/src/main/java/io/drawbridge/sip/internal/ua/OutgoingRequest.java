// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPRequest;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.Outline;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.sip.internal.relay.Handover;
import io.drawbridge.sip.internal.trust.HeaderTrust;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A request of the user agent, complete but for what the way it leaves on decides: Via and Contact. */
final class OutgoingRequest {
    private static final byte[] NOTHING = {};
    private static final long ONLY = 1;
    private final String method;
    private final String start;
    private final StringBuilder headers = new StringBuilder(512);
    private String contact = "";
    private byte[] body = NOTHING;
    private String callId = "";

    OutgoingRequest(String method, String uri) {
        this.method = method;
        this.start = method + " " + uri + " SIP/2.0\r\n";
    }

    String method() {
        return method;
    }

    /** Adds a header field; line breaks in the value become spaces. */
    OutgoingRequest header(String name, String value) {
        headers.append(name).append(": ").append(singleLine(value)).append("\r\n");
        return this;
    }

    private static String singleLine(String value) {
        return value.indexOf('\n') < 0 && value.indexOf('\r') < 0 ? value : value.replaceAll("[\r\n]+", " ");
    }

    OutgoingRequest sequence(long number) {
        return header("CSeq", number + " " + method);
    }

    /** Adds a Contact that leads back to a dialog of the user agent. */
    OutgoingRequest contact(String token) {
        contact = token;
        return this;
    }

    OutgoingRequest body(String type, String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", type);
    }

    /** Returns how many octets it has at least. */
    int size() {
        return start.length() + headers.length() + body.length;
    }

    /** Makes it a request outside of dialogs, of which only its answer's status counts. */
    OutgoingRequest alone(String call) {
        callId = call;
        return header("Call-ID", call).sequence(ONLY);
    }

    /** Returns what it says of itself with a Via, if it stands alone. */
    Optional<Outline> outline(String via) {
        return callId.isEmpty() ? Optional.empty() : Optional.of(new Outline(via, callId, ONLY));
    }

    /** Returns the request as it leaves on {@code flow}. */
    SIPRequest on(SipFlow flow, String via) {
        try {
            return (SIPRequest) SipParser.parse(octets(flow, via));
        } catch (MalformedMessage broken) {
            throw new IllegalArgumentException("no " + method + " can be made of these parts", broken);
        }
    }

    /** Returns the octets of the request as it leaves on {@code flow}. */
    byte[] octets(SipFlow flow, String via) {
        StringBuilder head = new StringBuilder(headers.length() + 256)
                .append(start)
                .append("Via: ")
                .append(via)
                .append("\r\nMax-Forwards: 70\r\n")
                .append(headers);
        if (!contact.isEmpty()) {
            head.append("Contact: ").append(contactOf(contact, flow)).append("\r\n");
        }
        head.append("ms-edge-proxy-message-trust: ")
                .append(HeaderTrust.gatewayMark(flow.local().host()))
                .append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream octets = new ByteArrayOutputStream(head.length() + body.length + 16);
        octets.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        octets.writeBytes(body);
        return octets.toByteArray();
    }

    /** Returns the value of a Contact that leads back to a dialog of the user agent. */
    static String contactOf(String token, SipFlow flow) {
        return "<sip:" + Handover.CONTACT_MARK + token + "@" + flow.local() + ";transport=tls>";
    }
}
