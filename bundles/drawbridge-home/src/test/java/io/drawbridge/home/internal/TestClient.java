// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.home.internal;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Side;
import io.drawbridge.api.sip.SipElement;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.home.internal.users.DigestAlgorithm;
import io.drawbridge.lib.jainsip.MalformedMessage;
import io.drawbridge.lib.jainsip.SipParser;
import io.drawbridge.lib.jainsip.SipText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One end of a flow: writes requests as text, and reads what the home sends. */
public final class TestClient implements SipFlow {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final SipElement home;
    private final Kind kind;
    private final Side side;
    private final String id = "flow" + NEXT.incrementAndGet();
    private final Deque<String> received = new ArrayDeque<>();
    private boolean reads = true;
    private int sequence;

    public TestClient(SipElement home, Kind kind) {
        this(home, kind, Side.INSIDE);
    }

    public TestClient(SipElement home, Kind kind, Side side) {
        this.home = home;
        this.kind = kind;
        this.side = side;
        home.opened(this);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public HostPort local() {
        return HostPort.of(kind == Kind.CLIENT ? "sip.contoso.example:5061" : "edge.contoso.example:5061");
    }

    @Override
    public HostPort remote() {
        return HostPort.of("192.0.2.7:49152");
    }

    @Override
    public boolean send(byte[] message) {
        if (reads) {
            received.add(new String(message, StandardCharsets.UTF_8));
        }
        return reads;
    }

    @Override
    public void close() {
        if (reads) {
            reads = false;
            home.closed(this);
        }
    }

    /** From now on nothing can be sent to it. */
    public void stopReading() {
        reads = false;
    }

    public String contact(String user) {
        return "sip:" + user + "-" + id + "@10.0.0.1:5071;transport=tls";
    }

    /** Sends a request with a body or none and further header lines; returns its branch. */
    public String request(String method, String uri, String from, String to, String body, String... headers) {
        String branch = "z9hG4bK" + id + "x" + ++sequence;
        request(method, uri, from, to, branch, sequence, body, headers);
        return branch;
    }

    public void request(
            String method,
            String uri,
            String from,
            String to,
            String branch,
            int number,
            String body,
            String... headers) {
        List<String> lines = new ArrayList<>(List.of(
                method + " " + uri + " SIP/2.0",
                "Via: SIP/2.0/TLS 10.0.0.1:5071;branch=" + branch + ";rport",
                "Max-Forwards: 70",
                "From: <sip:" + from + ">;tag=f" + id,
                "To: " + (to.startsWith("<") ? to : "<sip:" + to + ">"),
                "Call-ID: call-" + id,
                "CSeq: " + number + " " + method));
        lines.addAll(Arrays.asList(headers));
        lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        raw(String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    public void raw(String text) {
        home.received(this, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Registers, answering the challenge. */
    public void register(String user, String password, String... headers) {
        registerAs(DigestAlgorithm.SHA_256, user, password, headers);
        SIPResponse response = response();
        assertThat(response.getStatusCode()).as("answer to REGISTER").isEqualTo(200);
    }

    public void registerAs(DigestAlgorithm algorithm, String user, String password, String... headers) {
        List<String> lines = new ArrayList<>(Arrays.asList(headers));
        if (lines.stream().noneMatch(line -> line.startsWith("Contact"))) {
            lines.add("Contact: <" + contact(user.substring(0, user.indexOf('@'))) + ">");
        }
        String uri = "sip:" + user.substring(user.indexOf('@') + 1);
        request("REGISTER", uri, user, user, "", lines.toArray(String[]::new));
        SIPResponse challenge = response();
        assertThat(challenge.getStatusCode()).isEqualTo(401);
        lines.add("Authorization: " + proof(algorithm, nonce(challenge), 1, "REGISTER", uri, user, password));
        request("REGISTER", uri, user, user, "", lines.toArray(String[]::new));
    }

    public static String nonce(SIPResponse challenge) {
        Matcher nonce = Pattern.compile("nonce=\"([^\"]+)\"").matcher(challenge.toString());
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }

    public static String proof(
            DigestAlgorithm algorithm,
            String nonce,
            int count,
            String method,
            String uri,
            String user,
            String password) {
        String name = user.substring(0, user.indexOf('@'));
        String realm = user.substring(user.indexOf('@') + 1);
        String nc = String.format(Locale.ROOT, "%08x", count);
        String ha1 = algorithm.ha1(name, realm, password.toCharArray());
        String response =
                algorithm.hash(ha1 + ":" + nonce + ":" + nc + ":cn:auth:" + algorithm.hash(method + ":" + uri));
        return "Digest username=\"" + name + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=" + algorithm.token() + ", cnonce=\"cn\", qop=auth, nc="
                + nc;
    }

    /** Takes the next message the home sent, which is a response. */
    public SIPResponse response() {
        String next = received.poll();
        assertThat(next).as("a response from the home").isNotNull().startsWith("SIP/2.0 ");
        return (SIPResponse) parse(next);
    }

    /** Takes the next message the home sent, which is a request. */
    public SIPRequest request() {
        String next = received.poll();
        assertThat(next).as("a request from the home").isNotNull().doesNotStartWith("SIP/2.0 ");
        return (SIPRequest) parse(next);
    }

    public List<String> pending() {
        return List.copyOf(received);
    }

    /** Answers a request as this client's user. */
    public void answer(SIPRequest request, int status, String... headers) {
        SipText text = SipParser.text(request);
        List<String> lines = new ArrayList<>();
        lines.add("SIP/2.0 " + status + " Because");
        for (String name : List.of("Via", "From", "Call-ID", "CSeq", "Record-Route")) {
            lines.addAll(text.lines(name));
        }
        String to = text.lines("To").get(0);
        lines.add(to.contains("tag=") ? to : to + ";tag=t" + id);
        lines.addAll(Arrays.asList(headers));
        lines.add("Content-Length: 0");
        raw(String.join("\r\n", lines) + "\r\n\r\n");
    }

    private static gov.nist.javax.sip.message.SIPMessage parse(String text) {
        try {
            return SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedMessage broken) {
            throw new AssertionError("the home sent a malformed message: " + text, broken);
        }
    }
}
