// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.model.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A peer at the far end of a connection: what a test writes arrives at the relay, what the relay writes is kept. */
public final class TestPeer implements ProvenConnection {
    private static int connections;

    private final RelayHarness harness;
    private final Side side;
    private final String name;
    private final boolean accepted;
    private final HostPort announced;
    private final EmbeddedChannel channel;
    private final Deque<String> received = new ArrayDeque<>();
    private final String id = "c" + ++connections;

    TestPeer(RelayHarness harness, Side side, String name, boolean accepted, HostPort announced) {
        this.harness = harness;
        this.side = side;
        this.name = name;
        this.accepted = accepted;
        this.announced = announced;
        this.channel = EmbeddedChannel.builder().ticker(harness.ticker).build();
    }

    /** Sends lines; line ends become CRLF, a missing empty line and Content-Length are added. */
    public void sends(String lines) {
        sendsRaw(lines.replace("\n", "\r\n") + (lines.contains("Content-Length") ? "" : "Content-Length: 0\r\n\r\n"));
    }

    public void sendsRaw(String octets) {
        channel.writeInbound(Unpooled.copiedBuffer(octets, StandardCharsets.UTF_8));
        harness.settle();
    }

    public void closes() {
        channel.close();
        harness.settle();
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    void runTasks() {
        channel.runPendingTasks();
        channel.runScheduledPendingTasks();
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            received.add(sent.toString(StandardCharsets.UTF_8));
            sent.release();
        }
    }

    /** Returns the next message the relay sent. */
    public String gets() {
        harness.settle();
        String next = received.poll();
        if (next == null) {
            throw new AssertionError(name + " got nothing");
        }
        return next;
    }

    /** Returns the next message, which begins like this. */
    public String gets(String start) {
        String next = gets();
        if (!next.startsWith(start)) {
            throw new AssertionError(name + " expected " + start + " and got\n" + next);
        }
        return next;
    }

    public void getsNothing() {
        harness.settle();
        if (!received.isEmpty()) {
            throw new AssertionError(name + " got " + received);
        }
    }

    /** Answers a request as a server does. */
    public void answers(String request, int status, String phrase) {
        answers(request, status, phrase, "");
    }

    void answers(String request, int status, String phrase, String moreLines) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + " " + phrase + "\r\n");
        for (String line : request.split("\r\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            if (line.matches("(?i)(Via|From|Call-ID|CSeq|Record-Route):.*")) {
                response.append(line).append("\r\n");
            } else if (line.startsWith("To:")) {
                response.append(line)
                        .append(line.contains(";tag=") || status == 100 ? "" : ";tag=answer")
                        .append("\r\n");
            }
        }
        sendsRaw(response + moreLines.replace("\n", "\r\n") + "Content-Length: 0\r\n\r\n");
    }

    /** Returns the first value of a header field. */
    public static String header(String message, String headerName) {
        List<String> values = headers(message, headerName);
        return values.isEmpty() ? null : values.get(0);
    }

    public static List<String> headers(String message, String headerName) {
        String prefix = headerName.toLowerCase(java.util.Locale.ROOT) + ":";
        return message.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    EmbeddedChannel embedded() {
        return channel;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public boolean accepted() {
        return accepted;
    }

    @Override
    public Optional<PeerIdentity> peer() {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PeerIdentity(
                List.of(),
                List.of(name),
                Optional.of(name),
                true,
                "CN=" + name,
                "CN=test",
                "1",
                "fingerprint of " + name,
                "key of " + name,
                Instant.MAX));
    }

    @Override
    public String peerName() {
        return name;
    }

    @Override
    public HostPort announced() {
        return announced;
    }

    @Override
    public HostPort remote() {
        return new HostPort("192.0.2." + (Integer.parseInt(id.substring(1)) % 250 + 1), 5061);
    }

    @Override
    public Channel channel() {
        return channel;
    }
}
