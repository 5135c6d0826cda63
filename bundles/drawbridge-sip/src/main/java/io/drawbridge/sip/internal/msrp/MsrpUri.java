// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.msrp;

import io.drawbridge.api.model.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One end of a session, or a relay (RFC 4975 section 6).
 *
 * @param secure whether TLS is spoken
 * @param server host in lower case, and port
 * @param session the session's identifier; empty for a relay that needs none
 * @param text the URI as written, which is what paths repeat
 */
public record MsrpUri(boolean secure, HostPort server, String session, String text) {
    private static final int DEFAULT_PORT = 2855;
    private static final int LONGEST = 512;
    private static final int MOST_HOPS = 8;
    private static final Pattern FORM = Pattern.compile(
            "(msrps?)://(?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+)(?::(\\d{1,5}))?"
                    + "(?:/([A-Za-z0-9._~+=%/-]+))?;([A-Za-z0-9]+)((?:;[^;\\s]+)*)",
            Pattern.CASE_INSENSITIVE);

    /** Makes the URI of a session of ours. */
    public static MsrpUri of(HostPort server, String session) {
        return new MsrpUri(true, server, session, "msrps://" + server + "/" + session + ";tcp");
    }

    /**
     * Reads a URI.
     *
     * @throws MsrpSyntaxException if it is none, or not over TCP
     */
    public static MsrpUri parse(String text) throws MsrpSyntaxException {
        Matcher parts = FORM.matcher(text);
        if (text.length() > LONGEST || !parts.matches() || !parts.group(5).equalsIgnoreCase("tcp")) {
            throw new MsrpSyntaxException("no MSRP URI");
        }
        try {
            int port = parts.group(3) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(3));
            String host = parts.group(2).toLowerCase(Locale.ROOT);
            return new MsrpUri(
                    parts.group(1).equalsIgnoreCase("msrps"),
                    HostPort.of(host + ":" + port),
                    parts.group(4) == null ? "" : parts.group(4),
                    text);
        } catch (IllegalArgumentException noHost) {
            throw new MsrpSyntaxException("no MSRP URI");
        }
    }

    /**
     * Reads a path, the next hop first.
     *
     * @throws MsrpSyntaxException if it is none
     */
    public static List<MsrpUri> path(String text) throws MsrpSyntaxException {
        String[] hops = text.strip().split(" ", MOST_HOPS + 1);
        if (hops.length > MOST_HOPS) {
            throw new MsrpSyntaxException("too long a path");
        }
        List<MsrpUri> path = new ArrayList<>(hops.length);
        for (String hop : hops) {
            path.add(parse(hop));
        }
        return List.copyOf(path);
    }

    /** Section 6.1: user part and parameters do not count; the session's identifier does with its case. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MsrpUri uri
                && secure == uri.secure
                && server.equals(uri.server)
                && session.equals(uri.session);
    }

    @Override
    public int hashCode() {
        return 31 * server.hashCode() + session.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
