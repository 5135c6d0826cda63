// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.configuration.InvalidSetting;
import io.drawbridge.api.configuration.Settings;
import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.link.Inbox;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.sip.SipFlow;
import io.drawbridge.lib.jainsip.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * The user agent between a home that the test plays on the wire and an inbox that the test answers for. Juliet is at
 * chat.example, Romeo is the home's.
 */
final class Scene implements Inbox, HomeFlow {
    static final Principal JULIET = Principal.of("juliet", DomainName.of("chat.example"));
    static final Principal ROMEO = Principal.of("romeo", DomainName.of("corp.example"));
    static final Instance BALCONY = new Instance(JULIET, "balcony");
    static final Instance ANY_ROMEO = Instance.anyOf(ROMEO);

    final ManualTime time = new ManualTime();
    final List<Event> events = new ArrayList<>();
    final Deque<CompletableFuture<DeliveryOutcome>> unanswered = new ArrayDeque<>();
    DeliveryOutcome answer = new DeliveryOutcome.HandedOver();
    boolean answersAtOnce = true;
    boolean nextHop;
    Reason noWay;
    SipFlow wire = this;
    SipFlow second;
    Duration avoided;
    HostPort msrp;
    BiConsumer<MsrpLine, Reason> connecting;
    private Deque<Runnable> searches;
    HostPort connectedTo;
    private final Map<String, Object> settings = new HashMap<>();
    private final Deque<String> sent = new ArrayDeque<>();
    private boolean writable = true;
    private int sequence;
    private int inDialog;
    final UserAgent agent;

    Scene() {
        this(Runnable::run, Optional.empty());
    }

    /** Plays on another thread, or with real connections of MSRP. */
    Scene(Executor executor, Optional<MsrpNetwork> network) {
        agent = new UserAgent(new Environment(
                executor,
                time,
                time,
                new Way(),
                () -> Optional.of(this),
                this::config,
                network.orElseGet(Msrp::new),
                () -> nextHop));
    }

    /** The ways to the home: one, and another while that is avoided. */
    private final class Way implements WayHome {
        @Override
        public void reach(Optional<HostPort> wanted, int affinity, BiConsumer<SipFlow, Reason> outcome) {
            Runnable found = () -> outcome.accept(
                    noWay == null ? (avoided == null || second == null ? Scene.this : second) : null, noWay);
            if (searches == null) {
                found.run();
            } else {
                searches.add(found);
            }
        }

        @Override
        public void avoid(SipFlow flow, Duration howLong) {
            avoided = howLong;
        }
    }

    /** MSRP connections as the test makes them. */
    private final class Msrp implements MsrpNetwork {
        @Override
        public Optional<HostPort> local() {
            return Optional.ofNullable(msrp);
        }

        @Override
        public void connect(HostPort server, List<String> fingerprints, BiConsumer<MsrpLine, Reason> outcome) {
            connectedTo = server;
            connecting = outcome;
        }
    }

    private GatewayConfig config() {
        try {
            return Settings.read(GatewayConfig.class, GatewayConfig.PID, settings)
                    .value();
        } catch (InvalidSetting refused) {
            throw new AssertionError(refused);
        }
    }

    Scene with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public CompletionStage<DeliveryOutcome> accept(Event event, Origin origin) {
        assertThat(origin.link()).isEqualTo("sip");
        events.add(event);
        if (answersAtOnce) {
            return CompletableFuture.completedFuture(answer);
        }
        CompletableFuture<DeliveryOutcome> later = new CompletableFuture<>();
        unanswered.add(later);
        return later;
    }

    /** Returns the only event so far and forgets it. */
    <T extends Event> T event(Class<T> type) {
        assertThat(events).hasSize(1).first().isInstanceOf(type);
        return type.cast(events.remove(0));
    }

    /** Lets Juliet say something to Romeo. */
    CompletableFuture<DeliveryOutcome> says(String text) {
        return deliver(new Event.Said(BALCONY, ANY_ROMEO, Message.chat("m-" + text, "T1", text)));
    }

    CompletableFuture<DeliveryOutcome> deliver(Event event) {
        return agent.deliver(event).toCompletableFuture();
    }

    /** Sends a request of the home's; the head's lines begin with the start line, a Via is added. Returns its branch. */
    String sends(String body, String... lines) {
        String branch = "z9hG4bKh" + ++sequence;
        List<String> all = new ArrayList<>(Arrays.asList(lines));
        all.add(1, "Via: SIP/2.0/TLS pool.corp.example:5061;branch=" + branch);
        all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        raw(String.join("\r\n", all) + "\r\n\r\n" + body);
        return branch;
    }

    /** Romeo's client sends a MESSAGE outside a session; what is stated replaces what it else says. */
    void messages(String body, String... more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("From", "From: \"Romeo\" <sip:romeo@corp.example>;tag=r1");
        headers.put("To", "To: <sip:juliet@chat.example>");
        headers.put("Call-ID", "Call-ID: c" + sequence);
        headers.put("CSeq", "CSeq: 1 MESSAGE");
        headers.put("Content-Type", "Content-Type: text/plain;charset=UTF-8");
        for (String line : more) {
            headers.put(line.substring(0, line.indexOf(':')), line);
        }
        List<String> lines = new ArrayList<>(headers.values());
        lines.add(0, "MESSAGE sip:juliet@chat.example SIP/2.0");
        sends(body, lines.toArray(String[]::new));
    }

    void raw(String text) {
        agent.received(wire, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the next message the user agent sent. */
    String gets() {
        assertThat(sent).as("something from the gateway").isNotEmpty();
        return sent.remove();
    }

    /** Takes the next message, which begins like this. */
    String gets(String start) {
        String next = gets();
        assertThat(next).startsWith(start);
        return next;
    }

    /** Lets time pass until the user agent sends something. */
    void waits(Duration atMost) {
        for (int second = 0; second < atMost.toSeconds() && sent.isEmpty(); second++) {
            time.advance(Duration.ofSeconds(1));
        }
    }

    void getsNothing() {
        assertThat(sent).isEmpty();
    }

    /** Returns whether the user agent sent something that was not taken. */
    boolean hasNews() {
        return !sent.isEmpty();
    }

    /** Answers a request as the home does. */
    void answers(String request, int status, String... more) {
        answers(request, "", status, more);
    }

    void answers(String request, String body, int status, String... more) {
        List<String> lines = new ArrayList<>();
        lines.add("SIP/2.0 " + status + " Because");
        for (String line : head(request)) {
            if (line.matches("(?i)(Via|From|Call-ID|CSeq):.*")) {
                lines.add(line);
            } else if (line.startsWith("To:")) {
                lines.add(line.contains(";tag=") ? line : line + ";tag=home");
            }
        }
        lines.addAll(Arrays.asList(more));
        lines.add("Content-Length: " + body.length());
        raw(String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    /** Romeo's client accepts a session. */
    void accepts(String invite, String sdp) {
        answers(invite, wire(sdp), 200, "Contact: <sip:romeo@10.0.0.1:5071>", "Content-Type: application/sdp");
        gets("ACK ");
    }

    /** Romeo's client ends the session to which it was invited. */
    void hangsUp(String invite) {
        String contact = header(invite, "Contact");
        sends(
                "",
                "BYE " + contact.substring(1, contact.length() - 1) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=home",
                "To: " + header(invite, "From"),
                "Call-ID: " + header(invite, "Call-ID"),
                "CSeq: 1 BYE");
        gets("SIP/2.0 200");
    }

    /** Romeo's client invites Juliet to a session; returns the answer after 100. Headers in {@code more} come besides. */
    String invites(String sdp, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "INVITE sip:juliet@chat.example SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: <sip:juliet@chat.example>",
                "Call-ID: i1",
                "CSeq: " + nextInDialog() + " INVITE",
                "Contact: <sip:romeo@10.0.0.1:5071>",
                "Content-Type: application/sdp"));
        lines.addAll(Arrays.asList(more));
        sends(wire(sdp), lines.toArray(String[]::new));
        gets("SIP/2.0 100");
        return gets("SIP/2.0");
    }

    /** Returns the CSeq of Romeo's next request in the session. */
    int nextInDialog() {
        return ++inDialog;
    }

    /** Returns text with the line ends of the wire. */
    static String wire(String text) {
        return text.replace("\n", "\r\n");
    }

    /** Returns the message "Hi" whose sender wants to know that it arrived. */
    static Message wantingReceipt() {
        return new Message(
                "m1",
                "T1",
                Message.Style.CHAT,
                "",
                List.of(Body.plain("Hi")),
                Set.of(Receipt.Kind.DELIVERED),
                Optional.empty(),
                Optional.empty());
    }

    static List<String> head(String message) {
        return message.lines().takeWhile(line -> !line.isEmpty()).toList();
    }

    static String header(String message, String name) {
        return head(message).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    /** From now on a way to the home is not found at once. */
    void findsSlowly() {
        searches = new ArrayDeque<>();
    }

    /** What is looked for is found. */
    void finds() {
        Deque<Runnable> all = searches;
        searches = null;
        all.forEach(Runnable::run);
    }

    /** The connection to the home is lost. */
    void breaks() {
        writable = false;
        agent.closed(this);
    }

    void heals() {
        writable = true;
    }

    @Override
    public String id() {
        return "home";
    }

    @Override
    public HostPort remote() {
        return HostPort.of("192.0.2.7:5061");
    }

    @Override
    public boolean send(byte[] message) {
        if (writable) {
            sent.add(new String(message, StandardCharsets.UTF_8));
        }
        return writable;
    }
}
