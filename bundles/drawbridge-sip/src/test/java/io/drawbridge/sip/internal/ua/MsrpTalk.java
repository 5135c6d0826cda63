// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.HostPort;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Receipt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** Romeo's client speaks MSRP with the gateway, over connections that the test plays. */
abstract class MsrpTalk {
    static final String ROMEOS_PATH = "msrps://10.0.0.1:2855/rom30;tcp";
    static final String SDP =
            """
            v=0
            o=- 0 0 IN IP4 10.0.0.1
            s=-
            c=IN IP4 10.0.0.1
            t=0 0
            m=message 2855 TCP/TLS/MSRP *
            a=accept-types:text/plain application/im-iscomposing+xml
            a=path:msrps://10.0.0.1:2855/rom30;tcp
            """;
    final Scene scene = new Scene();
    EmbeddedChannel line;

    @BeforeEach
    void listen() {
        scene.msrp = HostPort.of("edge-int.corp.example:2855");
    }

    String invites(String sdp) {
        return scene.invites(sdp);
    }

    /** Romeo's client connects to the gateway. */
    void connects() {
        line = new EmbeddedChannel();
        scene.agent.line(line);
    }

    static String path(String message) {
        return Scene.body(message)
                .lines()
                .filter(text -> text.startsWith("a=path:"))
                .map(text -> text.substring("a=path:".length()))
                .findFirst()
                .orElseThrow();
    }

    void writes(String transaction, String method, String to, String flag, String content, String... headers) {
        StringBuilder frame = new StringBuilder(
                "MSRP " + transaction + " " + method + "\r\nTo-Path: " + to + "\r\nFrom-Path: " + ROMEOS_PATH + "\r\n");
        for (String header : headers) {
            frame.append(header).append("\r\n");
        }
        if (!content.isEmpty()) {
            frame.append("\r\n").append(content).append("\r\n");
        }
        frame.append("-------").append(transaction).append(flag).append("\r\n");
        line.writeInbound(Unpooled.copiedBuffer(frame, StandardCharsets.UTF_8));
    }

    /** Takes the next frame the gateway sent. */
    String reads() {
        line.runPendingTasks();
        ByteBuf octets = line.readOutbound();
        assertThat(octets).as("a frame from the gateway").isNotNull();
        String text = octets.toString(StandardCharsets.UTF_8);
        octets.release();
        return text;
    }

    void readsNothing() {
        line.runPendingTasks();
        assertThat(line.outboundMessages()).isEmpty();
    }

    /** Answers a frame of the gateway's as Romeo's client does. */
    void responds(String frame, String status) {
        String transaction = frame.split(" ", 3)[1];
        String from = frame.lines()
                .filter(text -> text.startsWith("From-Path: "))
                .map(text -> text.substring(11))
                .findFirst()
                .orElseThrow();
        line.writeInbound(Unpooled.copiedBuffer(
                "MSRP " + transaction + " " + status + "\r\nTo-Path: " + from + "\r\nFrom-Path: " + ROMEOS_PATH
                        + "\r\n-------" + transaction + "$\r\n",
                StandardCharsets.UTF_8));
    }

    String said(String to, String text, String... more) {
        List<String> headers = new ArrayList<>(List.of("Message-ID: m87652491", "Byte-Range: 1-*/*"));
        headers.addAll(Arrays.asList(more));
        if (headers.stream().noneMatch(header -> header.startsWith("Content-Type"))) {
            headers.add("Content-Type: text/plain");
        }
        writes("a786hjs2", "SEND", to, "$", text, headers.toArray(String[]::new));
        return to;
    }

    String invitedAndConnected() {
        String to = path(invites(SDP));
        connects();
        return to;
    }

    CompletableFuture<DeliveryOutcome> says(String id, String text, Receipt.Kind... wanted) {
        return scene.deliver(new Event.Said(
                Scene.BALCONY,
                Scene.ANY_ROMEO,
                new Message(
                        id,
                        "T1",
                        Message.Style.CHAT,
                        "",
                        List.of(Body.plain(text)),
                        Set.of(wanted),
                        Optional.empty(),
                        Optional.empty())));
    }

    /** The gateway connects where the answer says. */
    void opened() {
        scene.with("messageMode", "MSRP");
        scene.accepts(scene.gets("INVITE "), SDP);
        connectedTo("10.0.0.1:2855");
    }

    void connectedTo(String server) {
        assertThat(scene.connectedTo).isEqualTo(HostPort.of(server));
        line = new EmbeddedChannel();
        scene.connecting.accept(scene.agent.line(line), null);
    }
}
