// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.lib.jainsip;

import gov.nist.core.CommonLogger;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StatusLineParser;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import javax.sip.header.Header;

/**
 * Reads SIP messages with JAIN-SIP's parser and applies the rules it is too lenient for. The message must have passed
 * the limits on size and header count already, since the parser's cost grows with their square.
 */
public final class SipParser {
    private static final int MOST_VIAS = 70;
    private static final int MOST_DIGITS = 9;
    private static final List<String> REQUIRED = List.of("Via", "From", "To", "Call-ID", "CSeq");
    private static final List<String> AT_MOST_ONCE = List.of(
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Max-Forwards",
            "Content-Length",
            "Content-Type",
            "Event",
            "Expires",
            "SIP-If-Match");
    private static final Set<String> UNREAD = Set.of("Date", "Subject", "User-Agent", "Server");

    /** A broken header that nobody here reads stays in the text of the message and bothers nobody. */
    private static final ParseExceptionListener LENIENT = (fault, message, type, header, text) -> {
        if (type == null || type.equals(ExtensionHeaderImpl.class) || isLoose(header)) {
            return;
        }
        throw fault;
    };

    static {
        CommonLogger.legacyLogger = new SilentLogger();
    }

    private SipParser() {}

    /**
     * Parses and checks one whole message. The text it was read from is kept, see {@link #text}.
     *
     * @param octets from the start line to the end of the body
     * @throws MalformedMessage if it breaks a rule; the sender of a request may be told with {@link RawReply}
     */
    public static SIPMessage parse(byte[] octets) throws MalformedMessage {
        return parse(read(octets), octets);
    }

    /** Checks one whole message as far as its lines go. */
    static SipText read(byte[] octets) throws MalformedMessage {
        SipText text = SipText.of(octets);
        checkText(text);
        return text;
    }

    /** Parses a message whose lines were read already. */
    static SIPMessage parse(SipText text, byte[] octets) throws MalformedMessage {
        SIPMessage message;
        try {
            message = new StringMsgParser().parseSIPMessage(octets, true, false, LENIENT);
        } catch (ParseException | RuntimeException broken) {
            throw new MalformedMessage("Malformed Header");
        }
        if (message == null) {
            throw new MalformedMessage("Empty Message");
        }
        checkParsed(message);
        message.setApplicationData(text);
        return message;
    }

    /** Returns the text that {@link #parse} read {@code message} from; it is copied before it is changed. */
    public static SipText text(SIPMessage message) {
        if (message.getApplicationData() instanceof SipText text) {
            return text;
        }
        throw new IllegalStateException("the message was not parsed here");
    }

    /** Makes the response of a text of which nobody needs more than the status line and the text itself. */
    static SIPResponse brief(SipText text) throws MalformedMessage {
        try {
            SIPResponse response = new SIPResponse();
            response.setStatusLine(new StatusLineParser(text.startLine() + "\n").parse());
            response.setApplicationData(text);
            return response;
        } catch (ParseException broken) {
            throw new MalformedMessage("Malformed Status Line");
        }
    }

    /** Returns what goes on the wire: the text a message was parsed from, or the encoded form of one made here. */
    static byte[] wire(SIPMessage message) {
        return message.getApplicationData() instanceof SipText text ? text.bytes() : message.encodeAsBytes("TLS");
    }

    /**
     * Makes a header from its name and value.
     *
     * @throws IllegalArgumentException if they do not make a header
     */
    public static Header header(String name, String value) {
        try {
            return StringMsgParser.parseSIPHeader(name + ": " + value);
        } catch (ParseException broken) {
            throw new IllegalArgumentException("not a " + name + " header", broken);
        }
    }

    private static boolean isLoose(String header) {
        int colon = header == null ? -1 : header.indexOf(':');
        return colon > 0 && UNREAD.contains(header.substring(0, colon).strip());
    }

    private static void checkText(SipText text) throws MalformedMessage {
        for (String name : REQUIRED) {
            if (text.count(name) == 0) {
                throw new MalformedMessage("Missing " + name);
            }
        }
        for (String name : AT_MOST_ONCE) {
            if (text.count(name) > 1) {
                throw new MalformedMessage("Repeated " + name);
            }
        }
        String start = text.startLine();
        if (start.indexOf('\0') >= 0 || (!start.startsWith("SIP/2.0 ") && !start.endsWith(" SIP/2.0"))) {
            throw new MalformedMessage("Malformed Start Line");
        }
        if (number(text.value("Content-Length").orElse("0")) != text.body().length) {
            throw new MalformedMessage("Content-Length Does Not Fit");
        }
    }

    private static int number(String digits) {
        int number = digits.isEmpty() || digits.length() > MOST_DIGITS ? -1 : 0;
        for (int i = 0; number >= 0 && i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
        }
        return number;
    }

    private static void checkParsed(SIPMessage message) throws MalformedMessage {
        if (message.getTopmostVia() == null
                || message.getFrom() == null
                || message.getTo() == null
                || message.getCallId() == null
                || message.getCSeq() == null) {
            throw new MalformedMessage("Malformed Header");
        }
        if (message.getViaHeaders().size() > MOST_VIAS) {
            throw new MalformedMessage("Too Many Vias");
        }
        if (message instanceof SIPRequest request) {
            checkRequest(request);
        } else if (((SIPResponse) message).getStatusLine() == null) {
            throw new MalformedMessage("Malformed Status Line");
        }
    }

    private static void checkRequest(SIPRequest request) throws MalformedMessage {
        if (request.getRequestLine() == null || request.getRequestURI() == null) {
            throw new MalformedMessage("Malformed Request Line");
        }
        if (!request.getMethod().equals(request.getCSeq().getMethod())) {
            throw new MalformedMessage("CSeq Method Mismatch");
        }
        if (!request.hasFromTag()) {
            throw new MalformedMessage("From Without Tag");
        }
    }
}
