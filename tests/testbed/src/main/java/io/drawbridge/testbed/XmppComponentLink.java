// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A component of an XMPP server (XEP-0114), in as little code as a test needs: stanzas go in and come out as text. */
public final class XmppComponentLink implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\\sid=['\"]([^'\"]+)['\"]");
    private static final Pattern STANZA =
            Pattern.compile("<(message|presence|iq)\\b(?:[^>]*/>|.*?</\\1>)", Pattern.DOTALL);

    private final Socket socket;
    private final BlockingQueue<String> stanzas = new LinkedBlockingQueue<>();
    private final List<Heard> heard = new ArrayList<>();

    /**
     * A stanza that came.
     *
     * @param at when it came
     * @param stanza as it came
     */
    public record Heard(Instant at, String stanza) {
        /** Returns whether all of these are in it. */
        public boolean has(String... parts) {
            return Stream.of(parts).allMatch(stanza::contains);
        }
    }

    XmppComponentLink(int port, String domain, String secret) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            send("<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='"
                    + domain + "'>");
            StringBuilder received = new StringBuilder();
            Matcher id = until(received, ID);
            send("<handshake>" + sha1(id.group(1) + secret) + "</handshake>");
            until(received, Pattern.compile("<handshake\\s*(/>|>)"));
            Thread reader = new Thread(this::read, "component-" + domain);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher until(StringBuilder received, Pattern wanted) throws IOException {
        while (true) {
            Matcher matcher = wanted.matcher(received);
            if (matcher.find()) {
                return matcher;
            }
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("the server ended the component's stream: " + received);
            }
            received.append((char) octet);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void read() {
        String rest = "";
        byte[] octets = new byte[65_536];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                rest += new String(octets, 0, count, StandardCharsets.UTF_8);
                Matcher stanza = STANZA.matcher(rest);
                int end = 0;
                while (stanza.find()) {
                    took(stanza.group());
                    end = stanza.end();
                }
                rest = rest.substring(end);
            }
        } catch (IOException closed) {
            stanzas.add("closed");
        }
    }

    private void took(String stanza) {
        synchronized (heard) {
            heard.add(new Heard(Instant.now(), stanza));
        }
        stanzas.add(stanza);
    }

    /** Returns every stanza that came so far, taken or not. */
    public List<Heard> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** Returns every stanza that came so far with all of these in it. */
    public List<Heard> heard(String... parts) {
        return heard().stream().filter(one -> one.has(parts)).toList();
    }

    /** Sends a stanza. */
    public void send(String xml) {
        try {
            socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next stanza that came. */
    public String next(Duration patience) {
        try {
            String next = stanzas.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no stanza came within " + patience);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns every stanza that came and was not taken yet. */
    public List<String> rest() {
        List<String> rest = new ArrayList<>();
        stanzas.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
