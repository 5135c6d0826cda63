// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Credential;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A user's client on a TLS connection of MSRP, in as little code as a test needs: frames go in and come out as text. */
final class MsrpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    private MsrpClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Connects to who proves to be {@code host}. */
    static MsrpClient to(String host, int port, Credential own, Path anchor) throws IOException {
        SSLSocketFactory factory = context(own, anchor, true).getSocketFactory();
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new MsrpClient(socket);
    }

    /** Listens on a free port of loopback. */
    static ServerSocket listening(Credential own, Path anchor) throws IOException {
        ServerSocket server = context(own, anchor, false)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
        return server;
    }

    /** Takes the next connection. */
    static MsrpClient of(ServerSocket server) throws IOException {
        SSLSocket socket = (SSLSocket) server.accept();
        MsrpClient client = new MsrpClient(socket);
        socket.startHandshake();
        return client;
    }

    private static SSLContext context(Credential own, Path anchor, boolean client) throws IOException {
        SslContextBuilder builder = client
                ? SslContextBuilder.forClient()
                        .keyManager(
                                own.certificateFile().toFile(), own.keyFile().toFile())
                : SslContextBuilder.forServer(
                        own.certificateFile().toFile(), own.keyFile().toFile());
        JdkSslContext context = (JdkSslContext) builder.sslProvider(SslProvider.JDK)
                .trustManager(anchor.toFile())
                .build();
        return context.context();
    }

    void writes(String frame) throws IOException {
        socket.getOutputStream().write(frame.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Returns the next frame (RFC 4975 section 7.1). */
    String reads() throws IOException {
        StringBuilder frame = new StringBuilder(line());
        assertThat(frame).startsWith("MSRP ");
        String end = "-------" + frame.toString().split(" ", 3)[1];
        String next;
        do {
            next = line();
            frame.append(next);
        } while (!next.startsWith(end));
        return frame.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (line.indexOf("\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + line);
            }
            line.append((char) octet);
        }
        return line.toString();
    }

    /** Answers a frame that was read. */
    void answers(String frame, String status) throws IOException {
        String transaction = frame.split(" ", 3)[1];
        String from = header(frame, "From-Path").split(" ", 2)[0];
        String to = header(frame, "To-Path").split(" ", 2)[0];
        writes("MSRP " + transaction + " " + status + "\nTo-Path: " + from + "\nFrom-Path: " + to + "\n-------"
                + transaction + "$\n");
    }

    static String header(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + frame));
    }

    static String content(String frame) {
        int start = frame.indexOf("\r\n\r\n") + 4;
        return frame.substring(start, frame.lastIndexOf("\r\n-------"));
    }

    /** Returns whether the other side has closed the connection. */
    boolean hasEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
