// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import io.drawbridge.lib.jainsip.Timers;
import io.drawbridge.sip.internal.msrp.ByteRange;
import io.drawbridge.sip.internal.msrp.Continuation;
import io.drawbridge.sip.internal.msrp.MsrpAssembly;
import io.drawbridge.sip.internal.msrp.MsrpContent;
import io.drawbridge.sip.internal.msrp.MsrpFrame;
import io.drawbridge.sip.internal.msrp.MsrpUri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * One end of an MSRP session: chunks, responses and reports (RFC 4975 section 7). Whole messages go in and out; each is
 * answered once. Owned by the user agent's thread.
 */
final class MsrpEnd {
    static final String SEND = "SEND";
    static final String REPORT = "REPORT";

    /** Section 7.1.1: larger chunks have to be interruptible. */
    private static final int CHUNK = 2048;

    /** Nobody has to wait for an answer before the next message, so this is what bounds what is held of a session. */
    private static final int MOST_UNANSWERED = 64;

    private static final int OK = 200;
    private static final int TIMED_OUT = 408;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int FIRST_REFUSAL = 300;
    private final MsrpEnds ends;
    private final MsrpUri uri;
    private final Supplier<String> tokens;
    private final Listener listener;
    private final MsrpAssembly assembly;
    private final Map<String, Outgoing> transactions = new HashMap<>();
    private List<MsrpUri> remote = List.of();
    private MsrpLine line;
    private int unanswered;
    private boolean closed;

    /**
     * Opens an end.
     *
     * @param uri where it is reached
     * @param tokens makes identifiers that nobody can guess
     * @param mostOctets of one message
     */
    MsrpEnd(MsrpEnds ends, MsrpUri uri, Supplier<String> tokens, int mostOctets, Listener listener) {
        this.ends = ends;
        this.uri = uri;
        this.tokens = tokens;
        this.listener = listener;
        this.assembly = new MsrpAssembly(mostOctets);
        ends.add(this);
    }

    MsrpUri uri() {
        return uri;
    }

    Optional<MsrpLine> line() {
        return Optional.ofNullable(line);
    }

    /** Learns where the other end is. */
    void leadsTo(List<MsrpUri> path) {
        remote = List.copyOf(path);
    }

    /** Returns whether a request is from the other end; before that one is known, who knows this end's URI is believed. */
    boolean isFrom(List<MsrpUri> path) {
        return remote.isEmpty() || remote.equals(path);
    }

    /** Returns whether the session is not over. */
    boolean isOpen() {
        return !closed;
    }

    /** Takes a line that the gateway opened for this end. */
    void bind(MsrpLine way) {
        ends.bind(this, way);
    }

    void bound(MsrpLine way) {
        line = way;
        listener.bound();
    }

    /** The connection is gone: nothing that is open will be answered. */
    void lost() {
        line = null;
        close();
        listener.lost();
    }

    /** The session is over. */
    void close() {
        closed = true;
        ends.remove(this);
        new ArrayList<>(transactions.values()).forEach(open -> open.end(TIMED_OUT));
        transactions.clear();
    }

    /** Sends an empty SEND, which tells the other side whose connection this is (section 5.4). */
    void greet() {
        TreeMap<String, String> headers = new TreeMap<>();
        headers.put("Message-ID", identifier());
        headers.put("Byte-Range", "1-0/0");
        line.send(request(SEND, headers, MsrpContent.NONE, Continuation.COMPLETE));
    }

    /**
     * Sends a message.
     *
     * @param report whether the other end is to say that it has it whole
     * @param patience how long a response may take, at most 30 seconds (section 7.1.1)
     * @param outcome hears the status once: 200, or what was answered instead, 408 if nothing was
     * @return its identifier
     */
    String send(String type, String language, String text, boolean report, Duration patience, IntConsumer outcome) {
        String id = identifier();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        Outgoing message = new Outgoing(outcome);
        for (int start = 0; start == 0 || start < octets.length; start += CHUNK) {
            int length = Math.min(CHUNK, octets.length - start);
            boolean last = start + length == octets.length;
            TreeMap<String, String> headers = new TreeMap<>();
            headers.put("Message-ID", id);
            headers.put(
                    "Byte-Range",
                    ByteRange.of(start + 1L, length, octets.length).toString());
            headers.put("Success-Report", report ? "yes" : "no");
            headers.put("Content-Type", type);
            if (!language.isEmpty()) {
                headers.put("Content-Language", language);
            }
            MsrpContent content = new MsrpContent(Arrays.copyOfRange(octets, start, start + length));
            MsrpFrame.Request chunk = request(SEND, headers, content, last ? Continuation.COMPLETE : Continuation.MORE);
            message.open.add(chunk.transaction());
            transactions.put(chunk.transaction(), message);
            line.send(chunk);
        }
        message.expiry = ends.environment().timers().after(patience, () -> message.end(TIMED_OUT));
        return id;
    }

    /** Tells the other end that a message arrived whole where it is for (section 7.1.2). */
    void report(String messageId, int octets) {
        TreeMap<String, String> headers = new TreeMap<>();
        headers.put("Message-ID", messageId);
        headers.put("Byte-Range", ByteRange.of(1, octets, octets).toString());
        headers.put("Status", "000 200 OK");
        line().ifPresent(way -> way.send(request(REPORT, headers, MsrpContent.NONE, Continuation.COMPLETE)));
    }

    /** The identifier must not occur in the content behind seven hyphens (section 7.1); nobody can guess it. */
    private MsrpFrame.Request request(
            String method, Map<String, String> headers, MsrpContent content, Continuation continuation) {
        return new MsrpFrame.Request(identifier(), method, remote, List.of(uri), headers, content, continuation);
    }

    private String identifier() {
        return tokens.get();
    }

    void answered(MsrpFrame.Response response) {
        Outgoing message = transactions.remove(response.transaction());
        if (message != null) {
            message.answered(response);
        }
    }

    void received(MsrpFrame.Request request) {
        switch (request.method()) {
            case SEND -> {
                if (request.header("Content-Type").isEmpty()) {
                    respond(request, OK, "OK");
                } else {
                    take(request);
                }
            }
            case REPORT -> reported(request);
            default -> respond(request, NOT_IMPLEMENTED, "Not Implemented");
        }
    }

    private void take(MsrpFrame.Request chunk) {
        MsrpAssembly.Result result = assembly.take(chunk);
        if (result instanceof MsrpAssembly.Result.Complete whole) {
            handOver(chunk, whole);
        } else if (result instanceof MsrpAssembly.Result.Refused refused) {
            respond(chunk, refused.status(), refused.comment());
        } else {
            respond(chunk, OK, "OK");
        }
    }

    private void handOver(MsrpFrame.Request last, MsrpAssembly.Result.Complete whole) {
        if (unanswered == MOST_UNANSWERED) {
            respond(last, TIMED_OUT, "Too Many Unanswered Messages");
            return;
        }
        unanswered++;
        boolean report = last.header("Success-Report").orElse("no").equalsIgnoreCase("yes");
        listener.message(
                new Message(
                        whole.id(),
                        last.header("Content-Type").orElse(""),
                        last.header("Content-Language").orElse(""),
                        whole.content(),
                        report),
                status -> {
                    unanswered--;
                    respond(last, status, status == OK ? "OK" : "Not Delivered");
                });
    }

    /** Section 7.2: responses are sent as Failure-Report asks for them. */
    private void respond(MsrpFrame.Request request, int status, String comment) {
        String wanted = request.header("Failure-Report").orElse("yes").strip();
        boolean silent = wanted.equalsIgnoreCase("no") || (wanted.equalsIgnoreCase("partial") && status == OK);
        if (!silent) {
            line().ifPresent(way -> way.send(request.response(status, comment)));
        }
    }

    private void reported(MsrpFrame.Request report) {
        String[] status = report.header("Status").orElse("").split(" ", 3);
        if (status.length > 1 && status[0].equals("000") && status[1].matches("\\d{3}")) {
            report.header("Message-ID")
                    .ifPresent(id -> listener.reported(id, Integer.parseInt(status[1]) < FIRST_REFUSAL));
        }
    }

    /**
     * A message that arrived whole.
     *
     * @param id the identifier its sender gave it
     * @param type the value of Content-Type
     * @param language the value of Content-Language; empty if there is none
     * @param content its octets
     * @param report whether its sender wants to hear that it arrived
     */
    record Message(String id, String type, String language, MsrpContent content, boolean report) {}

    /** Hears what happens at an end. */
    interface Listener {
        /** There is a connection now. */
        void bound();

        /** A message arrived; {@code response} takes the status, once. */
        void message(Message message, IntConsumer response);

        /** The other end says what became of a message. */
        void reported(String messageId, boolean delivered);

        /** The connection is gone. */
        void lost();
    }

    /** A message on its way, until all its chunks are answered. */
    private final class Outgoing {
        private final IntConsumer outcome;
        private final List<String> open = new ArrayList<>(1);
        private Timers.Timer expiry = Timers.Timer.NONE;
        private boolean ended;

        Outgoing(IntConsumer outcome) {
            this.outcome = outcome;
        }

        void answered(MsrpFrame.Response response) {
            open.remove(response.transaction());
            if (response.status() != OK) {
                end(response.status());
            } else if (open.isEmpty()) {
                end(OK);
            }
        }

        void end(int status) {
            if (!ended) {
                ended = true;
                expiry.cancel();
                open.forEach(transactions::remove);
                outcome.accept(status);
            }
        }
    }
}
