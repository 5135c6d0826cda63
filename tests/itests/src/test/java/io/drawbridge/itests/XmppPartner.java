// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** The server of an XMPP partner with one stream for both directions, which acknowledges when the test says so. */
final class XmppPartner implements AutoCloseable {
    static final String DOMAIN = "chat.example";
    static final String BOB = "bob@" + DOMAIN;
    static final String END = "</stream:stream>";

    private static final int PATIENCE_MILLIS = 45_000;
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
            + " xmlns:stream='http://etherx.jabber.org/streams' from='" + DOMAIN + "' to='" + Contoso.DOMAIN
            + "' version='1.0'>";
    private static final String FEATURES = "</stream:features>";
    private static final String ACKS = "xmlns='urn:xmpp:sm:3'";

    private final StringBuilder received = new StringBuilder();
    private Socket socket;

    /** Connects to the edge and proves its domain by its certificate. */
    XmppPartner(SSLContext tls, int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        says(HEADER).hears(FEATURES);
        says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").hears("<proceed");
        hears("/>");
        socket = tls.getSocketFactory().createSocket(socket, Contoso.DOMAIN, port, true);
        says(HEADER).hears(FEATURES);
        says("<bidi xmlns='urn:xmpp:bidi'/>");
        says("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>")
                .hears("<success");
        hears("/>");
        says(HEADER).hears(FEATURES);
        says("<enable " + ACKS + "/>").hears("<enabled");
        hears("/>");
    }

    XmppPartner says(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a message of Bob's to Alice. */
    void writes(String id) throws IOException {
        says("<message from='" + BOB + "/phone' to='" + Contoso.ALICE + "' id='" + id
                + "'><body>Good morning</body></message>");
    }

    /** Tells the edge how many of its stanzas arrived. */
    void acknowledges(int count) throws IOException {
        says("<a " + ACKS + " h='" + count + "'/>");
    }

    /** Reads until a text came, and returns everything up to its end; what comes next begins there. */
    String hears(String text) throws IOException {
        while (received.indexOf(text) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new AssertionError("the stream ended without '" + text + "': " + received);
            }
            received.append((char) octet);
        }
        int end = received.indexOf(text) + text.length();
        String heard = received.substring(0, end);
        received.delete(0, end);
        return heard;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
