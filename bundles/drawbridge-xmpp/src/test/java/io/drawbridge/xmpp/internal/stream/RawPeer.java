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
    /** The header of a stream that {@code chat.example} opens. */
    static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:server'"
            + " xmlns:stream='http://etherx.jabber.org/streams' xmlns:db='jabber:server:dialback'"
            + " from='chat.example' to='corp.example' version='1.0'>";

    static final String END = "</stream:stream>";

    /** The wish for both directions on one stream (XEP-0288). */
    static final String BIDI = "<bidi xmlns='urn:xmpp:bidi'/>";

    /** The proof of the domain that TLS has shown (XEP-0178). */
    static final String EXTERNAL = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>=</auth>";

    /** The feature of acknowledging (XEP-0198), and the question for the count. */
    static final String COUNTS = "<sm xmlns='urn:xmpp:sm:3'/>";

    static final String ASKED = "<r xmlns='urn:xmpp:sm:3'/>";

    /** The feature of dialback with errors (XEP-0220). */
    static final String DIALBACK = "<dialback xmlns='urn:xmpp:features:dialback'><errors/></dialback>";

    /** A message of Bob at {@code chat.example} to Alice at {@code corp.example}. */
    static final String MESSAGE =
            "<message from='bob@chat.example/x' to='alice@corp.example' id='in'><body>hi</body></message>";

    private static final String FEATURES_END = "</stream:features>";
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

    /** The header with which {@code chat.example} answers the stream of another server. */
    static String answer(String id) {
        return HEADER.replace(" from=", " id='" + id + "' from=");
    }

    /** An error of the stream, and its end. */
    static String error(String condition) {
        return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>" + END;
    }

    /** How many stanzas were handled. */
    static String count(int handled) {
        return "<a xmlns='urn:xmpp:sm:3' h='" + handled + "'/>";
    }

    /** The key by which {@code chat.example} wants to be known without a certificate (XEP-0220). */
    static String claim(String key) {
        return "<db:result from='chat.example' to='corp.example'>" + key + "</db:result>";
    }

    /** The identifier of the last element that was heard. */
    static String id(String heard) {
        return heard.replaceAll("(?s).* id='([^']*)'.*", "$1");
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

    /** Opens a stream as client; returns what it is answered with, up to the features. */
    String opens() throws IOException {
        return says(HEADER).hears(FEATURES_END);
    }

    /** Opens a stream as client and begins TLS. */
    RawPeer secured(Credential credential) throws Exception {
        return secured(credential, HEADER);
    }

    private RawPeer secured(Credential credential, String header) throws Exception {
        says(header).hears(FEATURES_END);
        says("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").hears("<proceed");
        hears("/>");
        shakeHands(credential, true);
        return this;
    }

    /** Opens a stream as client over TLS and by SASL EXTERNAL; what {@code beforeAuth} holds is said before that. */
    RawPeer authenticated(Credential credential, String domain, String beforeAuth) throws Exception {
        String header = HEADER.replace("chat.example", domain);
        secured(credential, header).says(header).hears(FEATURES_END);
        says(beforeAuth + EXTERNAL).hears("<success");
        hears("/>");
        says(header).hears(FEATURES_END);
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
        String header = answer("s1");
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
