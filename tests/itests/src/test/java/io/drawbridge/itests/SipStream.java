// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.itests;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/** One TLS connection with SIP messages on it, as text; whoever waits for one waits for seconds only. */
final class SipStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 45_000;

    private final SSLSocket socket;
    private final InputStream input;

    SipStream(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        input = new BufferedInputStream(socket.getInputStream());
    }

    SSLSocket socket() {
        return socket;
    }

    /** Sends a message, given as the lines of its head and its body. */
    void send(List<String> lines, String body) throws IOException {
        String text = String.join("\r\n", lines) + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /**
     * Returns the lines of the next message's head.
     *
     * @throws EOFException if the peer closed the connection
     */
    List<String> receive() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = input.read();
            if (octet < 0) {
                throw new EOFException("the peer closed the connection");
            }
            head.append((char) octet);
        }
        List<String> lines = head.toString().strip().lines().toList();
        input.skipNBytes(Long.parseLong(value(lines, "Content-Length")));
        return lines;
    }

    /** Answers a request with a status line. */
    void answer(List<String> request, String status) throws IOException {
        List<String> lines = request.stream()
                .filter(line -> line.matches("(?i)(Via|From|To|Call-ID|CSeq):.*"))
                .map(line ->
                        line.regionMatches(true, 0, "To:", 0, 3) && !line.contains(";tag=") ? line + ";tag=1" : line)
                .collect(Collectors.toList());
        lines.add(0, "SIP/2.0 " + status);
        send(lines, "");
    }

    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + lines));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
