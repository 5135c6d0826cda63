// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Takes connections on 127.0.0.1 and carries each on: over TLS, for a client that knows no TLS itself, or as it is, until it
 * is told to fall silent.
 */
public final class Tunnel implements AutoCloseable {
    private final SocketFactory onwards;
    private final int server;
    private final ServerSocket listener;
    private final Set<Carriage> carriages = ConcurrentHashMap.newKeySet();

    private Tunnel(int server, SocketFactory onwards) {
        this.server = server;
        this.onwards = onwards;
        try {
            listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Carries connections on as they are, to a port on 127.0.0.1. */
    public static Tunnel to(int server) {
        return new Tunnel(server, SocketFactory.getDefault());
    }

    /** Carries connections on over TLS, to a port on 127.0.0.1 whose certificate the anchor, PEM, vouches for. */
    public static Tunnel toTls(int server, Path anchor) {
        try {
            return new Tunnel(server, trusting(anchor).getSocketFactory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext trusting(Path anchor) throws IOException {
        try (InputStream pem = Files.newInputStream(anchor)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "anchor", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns the port that takes connections. */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * The connections there are carry nothing any more, in neither direction, not even that an end has closed, as when a
     * firewall on the way has forgotten them. New ones are carried.
     */
    public void fallSilent() {
        carriages.forEach(carriage -> carriage.silent = true);
    }

    private void accept() {
        try {
            while (true) {
                carryOn(listener.accept());
            }
        } catch (IOException closed) {
            close();
        }
    }

    private void carryOn(Socket near) throws IOException {
        try {
            Carriage carriage = new Carriage(near, onwards.createSocket(InetAddress.getLoopbackAddress(), server));
            carriages.add(carriage);
            start(() -> carriage.carry(carriage.near, carriage.far));
            start(() -> carriage.carry(carriage.far, carriage.near));
        } catch (IOException nobodyThere) {
            near.close();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        carriages.forEach(Carriage::close);
    }

    /** One connection and its continuation. */
    private final class Carriage {
        private final Socket near;
        private final Socket far;
        private volatile boolean silent;

        Carriage(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void carry(Socket from, Socket to) {
            byte[] octets = new byte[65_536];
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                    if (!silent) {
                        to.getOutputStream().write(octets, 0, count);
                    }
                }
            } catch (IOException gone) {
                // As good as an end.
            }
            if (!silent) {
                close();
            }
        }

        void close() {
            carriages.remove(this);
            for (Socket end : new Socket[] {near, far}) {
                try {
                    end.close();
                } catch (IOException closed) {
                    // Closed is what it was to be.
                }
            }
        }
    }
}
