// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.Address;
import java.nio.charset.StandardCharsets;

/** The value of From, To, Contact, Route and their like: display name, URI, header parameters (RFC 3261 section 20.10). */
public final class NameAddr {
    private final byte[] array;
    private final int start;
    private final int end;
    private final SipProblem problem;
    private int uriStart;
    private int uriEnd;
    private int parametersStart;
    private int tagStart = -1;
    private int tagEnd;
    private SipUri uri;

    private NameAddr(byte[] array, int start, int end, SipProblem problem) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.problem = problem;
    }

    /**
     * Reads one value; its URI is read when asked for.
     *
     * @param problem what to call it if it is malformed
     * @throws SipSyntaxException if it is not a name-addr or addr-spec with parameters
     */
    public static NameAddr parse(Octets value, SipProblem problem) throws SipSyntaxException {
        return parse(value.array, value.start, value.end, problem);
    }

    static NameAddr parse(byte[] array, int start, int end, SipProblem problem) throws SipSyntaxException {
        NameAddr address = new NameAddr(array, start, end, problem);
        OctetReader reader = new OctetReader(array, start, end, problem);
        reader.skipWhitespace();
        int open = address.skipDisplayName(reader);
        if (open < 0) {
            address.readBareUri(reader);
        } else {
            address.readBracketedUri(open);
        }
        address.readParameters();
        return address;
    }

    /** Returns the index of the opening bracket, or -1 if the URI stands without brackets. */
    private int skipDisplayName(OctetReader reader) throws SipSyntaxException {
        if (reader.peek() == '"') {
            reader.skipQuoted();
            reader.expect('<');
            return reader.position() - 1;
        }
        int from = reader.position();
        for (int i = from; i < end; i++) {
            byte octet = array[i];
            if (octet == '<') {
                return i;
            }
            if (octet > 0 && !Ascii.isToken(octet) && !Ascii.isWhitespace(octet)) {
                requireBareUri(octet);
                return -1;
            }
        }
        throw reader.malformed();
    }

    /** The first octet that no unquoted display name can hold is the colon behind a scheme, or this is an error. */
    private void requireBareUri(byte octet) throws SipSyntaxException {
        if (octet != ':') {
            throw new SipSyntaxException(problem);
        }
    }

    private void readBareUri(OctetReader reader) throws SipSyntaxException {
        uriStart = reader.position();
        int i = uriStart;
        while (i < end && array[i] != ';' && !Ascii.isWhitespace(array[i])) {
            if (array[i] == '?' || array[i] == ',') {
                throw reader.malformed();
            }
            i++;
        }
        uriEnd = i;
        parametersStart = i;
    }

    private void readBracketedUri(int open) throws SipSyntaxException {
        uriStart = open + 1;
        int i = uriStart;
        while (i < end && array[i] != '>') {
            if (!Ascii.isUri(array[i])) {
                throw new SipSyntaxException(problem);
            }
            i++;
        }
        if (i == end || i == uriStart) {
            throw new SipSyntaxException(problem);
        }
        uriEnd = i;
        parametersStart = i + 1;
    }

    private void readParameters() throws SipSyntaxException {
        Parameters.Visit visit = new Parameters.Visit(array, parametersStart, end);
        while (visit.next()) {
            if (tagStart < 0 && Ascii.equalsIgnoreCase(array, visit.nameStart, visit.nameEnd, "tag")) {
                tagStart = visit.valueStart;
                tagEnd = visit.valueEnd;
            }
        }
        if (!visit.isComplete()) {
            throw new SipSyntaxException(problem);
        }
    }

    /**
     * Returns the URI.
     *
     * @throws SipSyntaxException if it is malformed
     */
    public SipUri uri() throws SipSyntaxException {
        if (uri == null) {
            uri = SipUri.parse(array, uriStart, uriEnd, problem);
        }
        return uri;
    }

    /**
     * Returns the value with another person in its URI.
     *
     * @throws SipSyntaxException if the URI is malformed
     */
    public String of(Address person) throws SipSyntaxException {
        return new Octets(array, start, uriStart).unfolded()
                + uri().of(person)
                + new Octets(array, uriEnd, end).unfolded();
    }

    /** Returns the tag; empty if there is none. */
    public String tag() {
        return tagStart < 0 ? "" : new String(array, tagStart, tagEnd - tagStart, StandardCharsets.ISO_8859_1);
    }

    /** Returns whether there is a tag. */
    public boolean hasTag() {
        return tagStart >= 0;
    }

    /** Returns the header parameters, those behind the URI. */
    public Parameters parameters() {
        return Parameters.of(array, parametersStart, end);
    }

    /** Returns the value as it came. */
    public Octets raw() {
        return new Octets(array, start, end);
    }

    @Override
    public String toString() {
        return raw().unfolded();
    }
}
