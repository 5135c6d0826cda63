// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A home that answers each request only when the test says so, but those for {@link #READY} at once. */
final class NextHop implements AutoCloseable {
    static final String HOST = "home.contoso.example";
    static final String READY = "carol@contoso.example";

    private static final int PATIENCE_SECONDS = 45;

    private final SSLServerSocket socket;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

    NextHop(SSLContext tls) throws IOException {
        socket = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        new Thread(this::serve, "next-hop").start();
    }

    /** A request that waits for its answer. */
    record Request(SipStream stream, List<String> lines) {
        void answer(String status) throws IOException {
            stream.answer(lines, status);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns the next request. */
    Request awaitRequest() throws InterruptedException {
        Request request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request reached the next hop");
        }
        return request;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SipStream stream = new SipStream((SSLSocket) socket.accept())) {
                while (true) {
                    take(new Request(stream, stream.receive()));
                }
            } catch (IOException ended) {
                // The edge may connect anew.
            }
        }
    }

    private void take(Request request) throws IOException {
        if (request.lines().get(0).contains(READY)) {
            request.answer("200 OK");
        } else {
            requests.add(request);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
