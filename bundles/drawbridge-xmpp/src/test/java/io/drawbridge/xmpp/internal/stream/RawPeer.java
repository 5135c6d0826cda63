// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.testbed.Credential;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A peer that says whatever a test wants, good or bad, over the platform's own sockets and TLS. */
final class RawPeer implements AutoCloseable {
    static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
            + " xmlns:stream='http://etherx.jabber.org/streams' xmlns:db='jabber:server:dialback'"
            + " from='chat.example' to='corp.example' version='1.0'>";

    private static final int PATIENCE_MILLIS = 15_000;

    private Socket socket;
    private final StringBuilder received = new StringBuilder();

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawPeer to(int port) throws IOException {
        return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static RawPeer acceptedBy(ServerSocket server) throws IOException {
        server.setSoTimeout(PATIENCE_MILLIS);
        return new RawPeer(server.accept());
    }

    RawPeer says(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads until a text came; returns everything up to it and forgets it. */
    String hears(String text) throws IOException {
        while (received.indexOf(text) < 0) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new AssertionError("the stream ended, and '" + text + "' was not said: " + received);
            }
            received.append((char) octet);
        }
        int end = received.indexOf(text) + text.length();
        String heard = received.substring(0, end);
        received.delete(0, end);
        return heard;
    }

    /** Reads until the end of the connection. */
    String hearsToTheEnd() throws IOException {
        received.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return received.toString();
    }

    /** Opens a stream as client and begins TLS. */
    RawPeer secured(Credential credential) throws Exception {
        says(HEADER).hears("</stream:features>");
        says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").hears("<proceed");
        hears("/>");
        shakeHands(credential, true);
        return this;
    }

    /** Opens a stream as client over TLS and by SASL EXTERNAL; what {@code beforeAuth} holds is said before that. */
    RawPeer authenticated(Credential credential, String domain, String beforeAuth) throws Exception {
        String header = HEADER.replace("chat.example", domain);
        says(header).hears("</stream:features>");
        says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").hears("<proceed");
        hears("/>");
        shakeHands(credential, true);
        says(header).hears("</stream:features>");
        says(beforeAuth + "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>");
        hears("<success");
        hears("/>");
        says(header).hears("</stream:features>");
        return this;
    }

    /** Takes a stream as server over TLS and by SASL EXTERNAL, and offers further features then. */
    void takesStream(Credential credential, String features) throws Exception {
        takesStream(credential, "", features);
    }

    /**
     * The same with features beside SASL.
     *
     * @return what was said in answer to those
     */
    String takesStream(Credential credential, String beforeAuth, String features) throws Exception {
        String header = HEADER.replace(" from=", " id='s1' from=");
        hears("version='1.0'");
        says(header + "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>");
        hears("<starttls");
        hears("/>");
        says("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        shakeHands(credential, false);
        hears("<stream:stream");
        says(header + "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                + "<mechanism>EXTERNAL</mechanism></mechanisms>" + beforeAuth + "</stream:features>");
        String answer = hears("</auth>");
        says("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
        hears("<stream:stream");
        says(header + "<stream:features>" + features + "</stream:features>");
        return answer;
    }

    /** Goes on with TLS. */
    void shakeHands(Credential credential, boolean client) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", credential.key(), new char[0], new Certificate[] {credential.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustsEverybody()}, new SecureRandom());
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "corp.example", 0, true);
        tls.setUseClientMode(client);
        tls.startHandshake();
        socket = tls;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustsEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
