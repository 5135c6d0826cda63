// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A SIP message as a client of the demo sees it (RFC 3261 section 7): start line, header lines, body.
 *
 * @param startLine request line or status line
 * @param headers header lines in order
 * @param body the body as text
 */
record SipText(String startLine, List<String> headers, String body) {
    SipText {
        headers = List.copyOf(headers);
    }

    /** Reads the next message; skips keep-alives between messages. */
    static SipText read(InputStream in) throws IOException {
        String start = line(in);
        while (start.isEmpty()) {
            start = line(in);
        }
        List<String> headers = new ArrayList<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        SipText head = new SipText(start, headers, "");
        int length = Integer.parseInt(head.header("Content-Length").orElse("0"));
        return new SipText(start, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    int status() {
        return Integer.parseInt(startLine.substring(8, 11));
    }

    String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    /** Returns the response to this request that copies what RFC 3261 section 8.2.6.2 demands. */
    SipText response(String status, String tag) {
        List<String> copied = new ArrayList<>();
        all("Via").forEach(via -> copied.add("Via: " + via));
        copied.add("From: " + header("From").orElse(""));
        String to = header("To").orElse("");
        copied.add("To: " + (to.contains(";tag=") ? to : to + ";tag=" + tag));
        copied.add("Call-ID: " + header("Call-ID").orElse(""));
        copied.add("CSeq: " + header("CSeq").orElse(""));
        all("Record-Route").forEach(route -> copied.add("Record-Route: " + route));
        return new SipText("SIP/2.0 " + status, copied, "");
    }

    /** Returns the octets for the wire, with the length of the body. */
    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(startLine).append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Content-Length: ")
                .append(content.length)
                .append("\r\n\r\n")
                .append(body);
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }
}
