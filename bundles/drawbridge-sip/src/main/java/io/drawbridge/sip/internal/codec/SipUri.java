// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.codec;

import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A URI over its own text. Of {@code sip}, {@code sips}, {@code im} and {@code pres} the parts are found; any other
 * scheme is kept as it is. Nothing is unescaped: {@code %41} and {@code A} stay two things.
 */
public final class SipUri {
    private static final int LARGEST_PORT = 65_535;

    private final byte[] array;
    private final int start;
    private final int end;
    private final String scheme;
    private int userStart;
    private int userEnd;
    private int hostStart;
    private int hostEnd;
    private int port;
    private int parametersStart;
    private int headersStart;
    private String host;

    private SipUri(byte[] array, int start, int end, String scheme) {
        this.array = array;
        this.start = start;
        this.end = end;
        this.scheme = scheme;
        this.userStart = this.userEnd = this.hostStart = this.hostEnd = end;
        this.parametersStart = this.headersStart = end;
    }

    /**
     * Reads a URI.
     *
     * @throws SipSyntaxException if it is none; schemes other than the four are only checked for forbidden characters
     */
    public static SipUri parse(String text) throws SipSyntaxException {
        Octets octets = Octets.of(text);
        return parse(octets.array, octets.start, octets.end, SipProblem.REQUEST_URI);
    }

    static SipUri parse(byte[] array, int start, int end, SipProblem problem) throws SipSyntaxException {
        int at = -1;
        int colon = -1;
        for (int i = start; i < end; i++) {
            byte octet = array[i];
            if (!Ascii.isUri(octet)) {
                throw new SipSyntaxException(problem);
            }
            if (octet == ':' && colon < 0) {
                colon = i;
            } else if (octet == '@') {
                at = at < 0 ? i : end;
            }
        }
        if (colon <= start || !isScheme(array, start, colon)) {
            throw new SipSyntaxException(problem);
        }
        SipUri uri = new SipUri(array, start, end, scheme(array, start, colon));
        if (uri.isStructured() && (at == end || !uri.split(colon + 1, at))) {
            throw new SipSyntaxException(problem);
        }
        return uri;
    }

    private static boolean isScheme(byte[] array, int start, int end) {
        int first = array[start] | 0x20;
        if (first < 'a' || first > 'z') {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte octet = array[i];
            if (!Ascii.isHost(octet) && octet != '+') {
                return false;
            }
        }
        return true;
    }

    private static String scheme(byte[] array, int start, int end) {
        if (Ascii.equals(array, start, end, "sip")) {
            return "sip";
        }
        return new String(array, start, end - start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private boolean isStructured() {
        return switch (scheme) {
            case "sip", "sips", "im", "pres" -> true;
            default -> false;
        };
    }

    private boolean split(int from, int at) {
        if (at >= 0) {
            userStart = from;
            userEnd = at;
            for (int i = from; i < at; i++) {
                if (array[i] == ':') {
                    userEnd = i;
                    break;
                }
            }
            if (userStart == userEnd) {
                return false;
            }
        }
        hostStart = at < 0 ? from : at + 1;
        hostEnd = hostStart < end && array[hostStart] == '[' ? bracketEnd(hostStart) : hostNameEnd(hostStart);
        return hostEnd > hostStart && splitBehindHost();
    }

    private int hostNameEnd(int from) {
        int i = from;
        while (i < end && Ascii.isHost(array[i])) {
            i++;
        }
        return i;
    }

    private int bracketEnd(int from) {
        for (int i = from; i < end; i++) {
            if (array[i] == ']') {
                return Ipv6Address.isValid(array, from + 1, i) ? i + 1 : from;
            }
        }
        return from;
    }

    private boolean splitBehindHost() {
        int i = hostEnd;
        if (i < end && array[i] == ':') {
            int portStart = ++i;
            while (i < end && Ascii.isDigit(array[i])) {
                i++;
            }
            port = (int) Ascii.decimal(array, portStart, i, LARGEST_PORT);
            if (port <= 0) {
                return false;
            }
        }
        if (i < end && array[i] != ';' && array[i] != '?') {
            return false;
        }
        parametersStart = i;
        while (i < end && array[i] != '?') {
            i++;
        }
        headersStart = i;
        return true;
    }

    /** Returns whether it names a person at a domain, whatever port and parameters it states. */
    public boolean isOf(Address person) {
        if (userStart == userEnd || !user().equals(person.user())) {
            return false;
        }
        try {
            return DomainName.of(host()).equals(person.domain());
        } catch (IllegalArgumentException noDomain) {
            return false;
        }
    }

    /** Returns it with another person in it. */
    public String of(Address person) {
        return text(start, userStart) + person + text(hostEnd, end);
    }

    /** Returns the scheme in lower case. */
    public String scheme() {
        return scheme;
    }

    /** Returns whether this is a {@code sip} or {@code sips} URI. */
    public boolean isSip() {
        return scheme.equals("sip") || scheme.equals("sips");
    }

    /** Returns the user as it was written, still escaped, without a password; empty if there is none. */
    public String user() {
        return new String(array, userStart, userEnd - userStart, StandardCharsets.UTF_8);
    }

    /** Returns the host in lower case, an IPv6 address without brackets; empty for schemes that have none. */
    public String host() {
        if (host == null) {
            boolean bracketed = hostStart < hostEnd && array[hostStart] == '[';
            host = (bracketed ? text(hostStart + 1, hostEnd - 1) : text(hostStart, hostEnd)).toLowerCase(Locale.ROOT);
        }
        return host;
    }

    /** Returns the port, 0 if none is stated. */
    public int port() {
        return port;
    }

    /** Returns host and port; throws {@link IllegalArgumentException} for schemes that have none. */
    public HostPort hostPort() {
        return new HostPort(host(), port);
    }

    /** Returns the URI's parameters. */
    public Parameters parameters() {
        return Parameters.of(array, parametersStart, headersStart);
    }

    /** Returns whether header fields are attached behind a question mark. */
    public boolean hasHeaders() {
        return headersStart < end;
    }

    boolean isIn(byte[] octets) {
        return array == octets;
    }

    int personStart() {
        return userStart;
    }

    int personEnd() {
        return hostEnd;
    }

    /** Returns the URI as it came. */
    public Octets raw() {
        return new Octets(array, start, end);
    }

    @Override
    public String toString() {
        return raw().toString();
    }

    private String text(int from, int to) {
        return new String(array, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
