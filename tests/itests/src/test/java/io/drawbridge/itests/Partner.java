// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A SIP server, a federated partner's if nothing else is said, with one connection to the edge. */
final class Partner implements AutoCloseable {
    static final String DOMAIN = "fabrikam.example";
    static final String HOST = "sip.fabrikam.example";

    private final SipStream stream;
    private final String host;
    private final String user;
    private int requests;

    /** Connects to the edge. */
    Partner(SSLContext tls, int port) throws IOException {
        this(tls, port, HOST, "bob@" + DOMAIN);
    }

    /** Connects to the edge as another host, which speaks for a user. */
    Partner(SSLContext tls, int port, String host, String user) throws IOException {
        this.host = host;
        this.user = user;
        stream = new SipStream((SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    /** Returns the certificate that the edge showed. */
    Certificate certificateOfEdge() throws IOException {
        return stream.socket().getSession().getPeerCertificates()[0];
    }

    /** Asks the edge itself what it can do, and returns the status line of its answer. */
    String asks(String edge) throws IOException {
        sends("OPTIONS", "sip:" + edge);
        return awaitAnswer();
    }

    /** Sends a message, and returns the status line of its answer. */
    String tells(String uri, String text) throws IOException {
        return tells(user, uri, text);
    }

    /** Sends a message of one of its users, and returns the status line of its answer. */
    String tells(String sender, String uri, String text) throws IOException {
        says(sender, uri, text);
        return awaitAnswer();
    }

    /** Sends a message; its answer is awaited separately. */
    void says(String uri, String text) throws IOException {
        says(user, uri, text);
    }

    private void says(String sender, String uri, String text) throws IOException {
        requests++;
        stream.send(request("MESSAGE", sender, uri, "Content-Type: text/plain"), text);
    }

    /** Sends a request with a new transaction; its answer is awaited separately. */
    void sends(String method, String uri) throws IOException {
        requests++;
        stream.send(request(method, user, uri), "");
    }

    private List<String> request(String method, String sender, String uri, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                method + " " + uri + " SIP/2.0",
                "Via: SIP/2.0/TLS " + host + ":5061;branch=z9hG4bK"
                        + stream.socket().getLocalPort() + "x" + requests,
                "Max-Forwards: 70",
                "From: <sip:" + sender + ">;tag=" + requests,
                "To: <" + uri + ">",
                "Call-ID: " + stream.socket().getLocalPort() + "." + requests + "@" + host,
                "CSeq: " + requests + " " + method));
        lines.addAll(List.of(more));
        return lines;
    }

    /** Returns the status line of the final response to the last request. */
    String awaitAnswer() throws IOException {
        List<String> lines = stream.receive();
        while (!lines.contains("CSeq: " + requests + " " + method(lines))
                || lines.get(0).startsWith("SIP/2.0 1")) {
            lines = stream.receive();
        }
        return lines.get(0);
    }

    private static String method(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("CSeq: "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no CSeq in " + lines));
    }

    /** Waits until the edge closes the connection, and sends nothing before. */
    void awaitFarewell() throws IOException {
        try {
            throw new AssertionError("expected the end of the connection, got " + stream.receive());
        } catch (java.io.EOFException expected) {
            stream.close();
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
