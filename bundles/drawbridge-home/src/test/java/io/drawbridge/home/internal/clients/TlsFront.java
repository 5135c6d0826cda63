// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal.clients;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A TLS listener on loopback that feeds a SIP element; blocking and as small as a test can do with. */
final class TlsFront implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:Content-Length|l)[ \\t]*:[ \\t]*(\\d+)");
    private final SSLServerSocket listener;
    private final SipElement element;
    private final AtomicInteger next = new AtomicInteger();

    TlsFront(SSLContext tls, SipElement element) throws IOException {
        this.element = element;
        listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        Flow flow = new Flow("tls" + next.incrementAndGet(), socket);
        element.opened(flow);
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            while (true) {
                byte[] message = read(in, flow);
                if (message.length == 0) {
                    return;
                }
                element.received(flow, message);
            }
        } catch (IOException | UncheckedIOException gone) {
            flow.close();
        } finally {
            element.closed(flow);
        }
    }

    private static byte[] read(InputStream in, Flow flow) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int octet = in.read();
            if (octet < 0) {
                return new byte[0];
            }
            message.write(octet);
            matched = octet == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : octet == '\r' ? 1 : 0;
            if (message.toString(StandardCharsets.ISO_8859_1).equals("\r\n\r\n")) {
                flow.send("\r\n".getBytes(StandardCharsets.US_ASCII)); // RFC 5626 keep-alive
                message.reset();
                matched = 0;
            }
        }
        Matcher length = LENGTH.matcher(message.toString(StandardCharsets.ISO_8859_1));
        message.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return message.toByteArray();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Flow implements SipFlow {
        private final String id;
        private final Socket socket;

        Flow(String id, Socket socket) {
            this.id = id;
            this.socket = socket;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Kind kind() {
            return Kind.CLIENT;
        }

        @Override
        public Side side() {
            return Side.INSIDE;
        }

        @Override
        public HostPort local() {
            return new HostPort("127.0.0.1", port());
        }

        @Override
        public HostPort remote() {
            return new HostPort(socket.getInetAddress().getHostAddress(), socket.getPort());
        }

        @Override
        public synchronized boolean send(byte[] message) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(message);
                out.flush();
                return true;
            } catch (IOException gone) {
                return false;
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
