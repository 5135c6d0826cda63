// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import io.drawbridge.testbed.XmppUser;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Alice, a SIP user, and Carol, an XMPP user, as if they were on one network. */
final class ChatScene implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long PAUSE_MILLIS = 200;

    private final Narrator narrator;
    private final Appliance contoso;
    private final Phone alice;
    private final BlockingQueue<SipText> atAlice;
    private final XmppUser carol;

    /** Signs Carol in. */
    ChatScene(Narrator narrator, Appliance contoso, Phone alice, BlockingQueue<SipText> atAlice, ChatServer chat) {
        this.narrator = narrator;
        this.contoso = contoso;
        this.alice = alice;
        this.atAlice = atAlice;
        carol = chat.carol();
    }

    void diagnosis() throws InterruptedException {
        narrator.tell("Two files in etc/, for the listener and for the partner, and within a second they federate:");
        String test = "drawbridge:test-partner " + ChatServer.DOMAIN;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String tested = contoso.shell(test);
        while (!tested.contains("ping") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            tested = contoso.shell(test);
        }
        narrator.show(tested);
        narrator.show(contoso.shell("drawbridge:why " + alice.address() + " " + ChatServer.CAROL));
    }

    void messages() throws InterruptedException {
        SipText answer = alice.message(ChatServer.CAROL, "Good morning, Carol. Do you speak SIP?");
        carol.awaits("<message", "Do you speak SIP?");
        narrator.tell(
                "%s -> %s: Good morning, Carol. Do you speak SIP? (%s)",
                alice.address(), ChatServer.CAROL, answer.startLine());
        carolSays("c1", "No need to, I hear.");
        Demo.await(atAlice, request -> request.body().contains("No need to"));
        narrator.tell("%s -> %s: No need to, I hear.", ChatServer.CAROL, alice.address());
    }

    void presence() throws InterruptedException {
        narrator.tell("Alice watches Carol: %d", alice.watch(ChatServer.CAROL));
        carol.awaits("<presence", "type=\"subscribe\"");
        carol.sends("<presence to='" + alice.address() + "' type='subscribed'/>");
        carol.sends("<presence><show>dnd</show><status>Writing the minutes</status></presence>");
        SipText notify = Demo.await(atAlice, request -> request.body().contains("Writing the minutes"));
        narrator.tell("Carol agrees, and Alice is notified:");
        narrator.show(notify.body());
        carol.sends("<presence to='" + alice.address() + "' type='subscribe'/>");
        carol.awaits("<presence", "type=\"subscribed\"");
        narrator.tell(
                "Carol watches Alice, whose home lets %s see; Alice publishes: %d",
                ChatServer.DOMAIN, alice.publish("meeting", "Budget"));
        narrator.show(carol.awaits("<presence", "Budget"));
    }

    void refusals() throws InterruptedException {
        narrator.tell("The partner's file is deleted, and nothing crosses any more:");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        SipText answer = alice.message(ChatServer.CAROL, "Still there?");
        while (answer.status() < 300 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            answer = alice.message(ChatServer.CAROL, "Still there?");
        }
        narrator.tell("%s -> %s: %s", alice.address(), ChatServer.CAROL, answer.startLine());
        carolSays("c2", "Where are you?");
        narrator.tell("%s -> %s:", ChatServer.CAROL, alice.address());
        narrator.show(carol.awaits("<message", "id=\"c2\"", "type=\"error\""));
        narrator.show(contoso.shell("drawbridge:why " + alice.address() + " " + ChatServer.CAROL));
    }

    private void carolSays(String id, String text) {
        carol.sends("<message to='" + alice.address() + "' type='chat' id='" + id + "'><body>" + text
                + "</body></message>");
    }

    /** Signs Carol out. */
    @Override
    public void close() {
        carol.close();
    }
}
