// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A peer that shares no code with what is tested: the platform's blocking TLS socket, which trusts everybody. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(10);

    private final SSLSocket socket;

    private RawClient(SSLSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects to a port of this machine and shakes hands.
     *
     * @param own what it presents; null for nothing
     */
    public static RawClient connect(int port, OwnCertificate own, String... versions) throws Exception {
        return over(new Socket(InetAddress.getLoopbackAddress(), port), own, versions);
    }

    /** Shakes hands on a connection that is there already. */
    public static RawClient over(Socket plain, OwnCertificate own, String... versions) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(own), new char[0]);
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustsEverybody()}, new SecureRandom());
        plain.setSoTimeout(PATIENCE_MILLIS);
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(plain, "sip.contoso.example", plain.getPort(), true);
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return new RawClient(socket);
    }

    private static KeyStore store(OwnCertificate own) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (own != null) {
            store.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(new X509Certificate[0]));
        }
        return store;
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Waits for so many octets; returns fewer if the other end closes before. */
    public String receive(int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), StandardCharsets.US_ASCII);
    }

    /** Sends and expects the same back. */
    public boolean echoes(String text) throws IOException {
        send(text);
        return receive(text.length()).equals(text);
    }

    /** Begins a second handshake on the same connection. */
    public void renegotiate() throws IOException {
        socket.startHandshake();
    }

    /** Returns the serial number of what the server presented. */
    public String serverSerial() throws IOException {
        X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return certificate.getSerialNumber().toString(16);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class TrustsEverybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket peer) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket peer) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
