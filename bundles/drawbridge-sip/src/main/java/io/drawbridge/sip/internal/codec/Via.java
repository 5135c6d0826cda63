// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One Via value: where a message came by and its transaction's branch (RFC 3261 section 20.42, RFC 3581). */
public final class Via {
    /** What a branch of RFC 3261 begins with; RFC 2543 elements write others, or none. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    private static final int LARGEST_PORT = 65_535;

    private final byte[] array;
    private final int start;
    private final int end;
    private int transportStart;
    private int transportEnd;
    private int hostStart;
    private int hostEnd;
    private int port;
    private int parametersStart;
    private int branchStart = -1;
    private int branchEnd;
    private int receivedStart = -1;
    private int receivedEnd;
    private int rportStart = -1;
    private int rportEnd;
    private boolean rportAssigned;

    private Via(byte[] array, int start, int end) {
        this.array = array;
        this.start = start;
        this.end = end;
    }

    /**
     * Reads one value.
     *
     * @throws SipSyntaxException if it is malformed
     */
    public static Via parse(Octets value) throws SipSyntaxException {
        return parse(value.array, value.start, value.end);
    }

    static Via parse(byte[] array, int start, int end) throws SipSyntaxException {
        Via via = new Via(array, start, end);
        OctetReader reader = new OctetReader(array, start, end, SipProblem.VIA);
        via.readProtocol(reader);
        via.readSentBy(reader);
        via.readParameters(reader);
        return via;
    }

    private void readProtocol(OctetReader reader) throws SipSyntaxException {
        expectWord(reader, "SIP");
        reader.expect('/');
        expectWord(reader, "2.0");
        reader.expect('/');
        reader.skipWhitespace();
        transportStart = reader.position();
        reader.skipToken();
        transportEnd = reader.position();
    }

    private void expectWord(OctetReader reader, String word) throws SipSyntaxException {
        reader.skipWhitespace();
        int from = reader.position();
        reader.skipToken();
        if (!Ascii.equalsIgnoreCase(array, from, reader.position(), word)) {
            throw reader.malformed();
        }
    }

    private void readSentBy(OctetReader reader) throws SipSyntaxException {
        reader.skipWhitespace();
        hostStart = reader.position();
        if (hostStart == transportEnd) {
            throw reader.malformed();
        }
        int i = hostStart;
        if (reader.peek() == '[') {
            while (i < end && array[i] != ']') {
                i++;
            }
            if (i == end || !Ipv6Address.isValid(array, hostStart + 1, i)) {
                throw reader.malformed();
            }
            i++;
        } else {
            while (i < end && Ascii.isHost(array[i])) {
                i++;
            }
        }
        if (i == hostStart) {
            throw reader.malformed();
        }
        hostEnd = i;
        reader.moveTo(i);
        if (reader.accept(':')) {
            readPort(reader);
        }
    }

    private void readPort(OctetReader reader) throws SipSyntaxException {
        reader.skipWhitespace();
        int from = reader.position();
        reader.skipToken();
        port = (int) Ascii.decimal(array, from, reader.position(), LARGEST_PORT);
        if (port <= 0) {
            throw reader.malformed();
        }
    }

    private void readParameters(OctetReader reader) throws SipSyntaxException {
        parametersStart = reader.position();
        Parameters.Visit visit = new Parameters.Visit(array, parametersStart, end);
        while (visit.next()) {
            readParameter(visit);
        }
        if (!visit.isComplete()) {
            throw reader.malformed();
        }
    }

    private void readParameter(Parameters.Visit visit) {
        int nameStart = visit.nameStart;
        int nameEnd = visit.nameEnd;
        if (branchStart < 0 && Ascii.equalsIgnoreCase(array, nameStart, nameEnd, "branch")) {
            branchStart = visit.valueStart;
            branchEnd = visit.valueEnd;
        } else if (receivedStart < 0
                && visit.assigned
                && Ascii.equalsIgnoreCase(array, nameStart, nameEnd, "received")) {
            receivedStart = visit.valueStart;
            receivedEnd = visit.valueEnd;
        } else if (rportStart < 0 && Ascii.equalsIgnoreCase(array, nameStart, nameEnd, "rport")) {
            rportStart = visit.valueStart;
            rportEnd = visit.valueEnd;
            rportAssigned = visit.assigned;
        }
    }

    /** Returns the transport in upper case. */
    public String transport() {
        return text(transportStart, transportEnd).toUpperCase(Locale.ROOT);
    }

    /** Returns the host of sent-by in lower case, an IPv6 address without brackets. */
    public String host() {
        boolean bracketed = array[hostStart] == '[';
        return (bracketed ? text(hostStart + 1, hostEnd - 1) : text(hostStart, hostEnd)).toLowerCase(Locale.ROOT);
    }

    /** Returns the port of sent-by, 0 if none is stated. */
    public int port() {
        return port;
    }

    /** Returns sent-by. */
    public HostPort sentBy() {
        return new HostPort(host(), port);
    }

    /** Returns the branch; empty if there is none, as from RFC 2543 elements. */
    public String branch() {
        return branchStart < 0 ? "" : text(branchStart, branchEnd);
    }

    /** Returns whether the branch identifies the transaction by itself: it carries the magic cookie and more. */
    public boolean hasMagicCookie() {
        int cookieEnd = branchStart + MAGIC_COOKIE.length();
        return branchStart >= 0
                && branchEnd > cookieEnd
                && Ascii.equalsIgnoreCase(array, branchStart, cookieEnd, MAGIC_COOKIE);
    }

    /** Returns whether the branch is the magic cookie and nothing else. */
    boolean isBranchBare() {
        return branchStart >= 0 && Ascii.equalsIgnoreCase(array, branchStart, branchEnd, MAGIC_COOKIE);
    }

    /** Returns the received address without brackets; empty if there is none. */
    public String received() {
        if (!hasReceived() || receivedStart == receivedEnd) {
            return "";
        }
        boolean bracketed = array[receivedStart] == '[' && array[receivedEnd - 1] == ']';
        return bracketed ? text(receivedStart + 1, receivedEnd - 1) : text(receivedStart, receivedEnd);
    }

    /** Returns whether there is an {@code rport}, with or without a value. */
    public boolean hasRport() {
        return rportStart >= 0;
    }

    /** Returns the value of {@code rport}; 0 if it has none or is absent. */
    public int rport() {
        return rportStart < 0 ? 0 : (int) Math.max(0, Ascii.decimal(array, rportStart, rportEnd, LARGEST_PORT));
    }

    /** Returns all parameters. */
    public Parameters parameters() {
        return Parameters.of(array, parametersStart, end);
    }

    /** Returns the value as it came. */
    public Octets raw() {
        return new Octets(array, start, end);
    }

    int end() {
        return end;
    }

    boolean hasReceived() {
        return receivedStart >= 0;
    }

    int receivedStart() {
        return receivedStart;
    }

    int receivedEnd() {
        return receivedEnd;
    }

    int rportStart() {
        return rportStart;
    }

    int rportEnd() {
        return rportEnd;
    }

    /** Returns whether an equals sign stands behind {@code rport}. */
    boolean isRportAssigned() {
        return rportAssigned;
    }

    @Override
    public String toString() {
        return raw().unfolded();
    }

    private String text(int from, int to) {
        return new String(array, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
