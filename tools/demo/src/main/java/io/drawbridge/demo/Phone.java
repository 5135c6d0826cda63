// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A small SIP client on a TLS connection to its home: registers, sends and gets messages, publishes and watches. */
final class Phone implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 40;

    private final String user;
    private final String domain;
    private final String password;
    private final SSLSocket socket;
    private final Map<String, CompletableFuture<SipText>> waiting = new ConcurrentHashMap<>();
    private final Consumer<SipText> arrived;

    /** Connects; {@code arrived} gets each request that comes for this user, on the phone's own thread. */
    Phone(String address, String password, InetSocketAddress home, SSLContext tls, Consumer<SipText> arrived)
            throws IOException {
        this.user = address.substring(0, address.indexOf('@'));
        this.domain = address.substring(address.indexOf('@') + 1);
        this.password = password;
        this.arrived = arrived;
        this.socket = (SSLSocket) tls.getSocketFactory().createSocket(home.getAddress(), home.getPort());
        socket.startHandshake();
        Thread reader = new Thread(this::read, "phone of " + address);
        reader.setDaemon(true);
        reader.start();
    }

    String address() {
        return user + "@" + domain;
    }

    /** Registers for an hour; returns the final status. */
    int register() {
        return request("REGISTER", "sip:" + domain, address(), List.of("Contact: " + contact(), "Expires: 3600"), "")
                .status();
    }

    /** Sends an instant message; returns the final answer. */
    SipText message(String recipient, String text) {
        return request("MESSAGE", "sip:" + recipient, recipient, List.of("Content-Type: text/plain"), text);
    }

    /** Publishes presence with a note; returns the final status. */
    int publish(String activity, String note) {
        String body =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
                 xmlns:rp="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:%s">
                 <tuple id="demo"><status><basic>open</basic></status><note>%s</note></tuple>
                 <dm:person id="p"><rp:activities><rp:%s/></rp:activities></dm:person>
                </presence>
                """
                        .formatted(address(), note, activity);
        List<String> headers = List.of("Event: presence", "Expires: 3600", "Content-Type: application/pidf+xml");
        return request("PUBLISH", "sip:" + address(), address(), headers, body).status();
    }

    /** Asks to be told another user's presence; returns the final status. */
    int watch(String other) {
        List<String> headers =
                List.of("Event: presence", "Accept: application/pidf+xml", "Expires: 3600", "Contact: " + contact());
        return request("SUBSCRIBE", "sip:" + other, other, headers, "").status();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private SipText request(String method, String uri, String to, List<String> extra, String body) {
        String callId = UUID.randomUUID().toString();
        List<String> headers = new ArrayList<>(List.of(
                "From: <sip:" + address() + ">;tag="
                        + UUID.randomUUID().toString().substring(0, 8),
                "To: <sip:" + to + ">",
                "Call-ID: " + callId,
                "Max-Forwards: 70"));
        headers.addAll(extra);
        SipText answer = exchange(method, uri, callId, 1, headers, body);
        Optional<String> challenge = challenge(answer);
        if (challenge.isPresent()) {
            String name = answer.status() == 401 ? "Authorization" : "Proxy-Authorization";
            String cnonce = UUID.randomUUID().toString().substring(0, 8);
            headers.add(name + ": " + Digest.answer(challenge.get(), user, password, method, uri, cnonce));
            answer = exchange(method, uri, callId, 2, headers, body);
        }
        return answer;
    }

    private static Optional<String> challenge(SipText answer) {
        List<String> challenges = new ArrayList<>();
        if (answer.status() == 401 || answer.status() == 407) {
            challenges.addAll(answer.all("WWW-Authenticate"));
            challenges.addAll(answer.all("Proxy-Authenticate"));
        }
        return challenges.stream().filter(value -> value.contains("SHA-256")).findFirst();
    }

    private SipText exchange(String method, String uri, String callId, int sequence, List<String> rest, String body) {
        List<String> headers = new ArrayList<>();
        headers.add("Via: SIP/2.0/TLS " + local() + ";rport;branch=z9hG4bK" + UUID.randomUUID());
        headers.addAll(rest);
        headers.add("CSeq: " + sequence + " " + method);
        CompletableFuture<SipText> answer = new CompletableFuture<>();
        waiting.put(callId + sequence, answer);
        send(new SipText(method + " " + uri + " SIP/2.0", headers, body));
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException silent) {
            throw new IllegalStateException(address() + " got no answer to " + method, silent);
        } finally {
            waiting.remove(callId + sequence);
        }
    }

    private void read() {
        try {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                take(SipText.read(in));
            }
        } catch (IOException gone) {
            waiting.values().forEach(answer -> answer.completeExceptionally(gone));
        }
    }

    private void take(SipText message) {
        if (message.isResponse()) {
            String sequence = message.header("CSeq").orElse("").split(" ", 2)[0];
            CompletableFuture<SipText> answer =
                    waiting.get(message.header("Call-ID").orElse("") + sequence);
            if (answer != null && message.status() >= 200) {
                answer.complete(message);
            }
        } else {
            send(message.response("200 OK", "demo"));
            arrived.accept(message);
        }
    }

    private void send(SipText message) {
        try {
            synchronized (socket) {
                socket.getOutputStream().write(message.bytes());
                socket.getOutputStream().flush();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String contact() {
        return "<sip:" + user + "@" + local() + ";transport=tls>";
    }

    private String local() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }
}
