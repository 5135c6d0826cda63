// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.KamailioDomain;
import io.drawbridge.testbed.Leaf;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.XmppComponentLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A domain of XMPP that the organisation has allowed: a Prosody that takes certificates only, acknowledges stanzas and
 * uses streams both ways. A component plays all its users.
 */
final class ChatPartner implements AutoCloseable {
    /** As long as anything may take on a busy machine. */
    static final Duration PLAY = Duration.ofMinutes(2);

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Contoso contoso;
    private final String domain;
    private final Credential credential;
    private final UnaryOperator<Prosody.Settings> taste;
    private Prosody server;
    private int moves;
    private int probes;

    ChatPartner(Contoso contoso, String domain) {
        this(contoso, domain, settings -> settings);
    }

    /** A partner whose server differs from others in some way. */
    ChatPartner(Contoso contoso, String domain, UnaryOperator<Prosody.Settings> taste) {
        this.contoso = contoso;
        this.domain = domain;
        this.taste = taste;
        credential = contoso.world().authority().issue(Leaf.of(domain));
        server = serve();
        publish(server.port());
        contoso.allowXmpp(domain);
    }

    private Prosody serve() {
        moves++;
        return new Prosody(
                contoso.directory().resolve("place-" + moves),
                taste.apply(contoso.world().prosody(domain, credential)));
    }

    /** Says in DNS where its server is. */
    void publish(int port) {
        contoso.world().publishXmpp(domain, port);
    }

    /** Starts a server elsewhere, and stops the one there was. */
    void move() {
        Prosody old = server;
        server = serve();
        publish(server.port());
        old.close();
    }

    /** Starts its server anew with another certificate. */
    void replaceCertificate(Leaf leaf) {
        Credential rolled = contoso.world().authority().issue(leaf);
        try {
            Files.copy(rolled.certificateFile(), credential.certificateFile(), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(rolled.keyFile(), credential.keyFile(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.restart();
    }

    String domain() {
        return domain;
    }

    Prosody server() {
        return server;
    }

    /** Plays all its users. */
    XmppComponentLink users() {
        return server.component();
    }

    /** Bob of the home writes to so many users of this domain; each message must end, however it does. */
    Sipp writing(String name, int count, int perSecond) {
        return writing("bob", name, count, perSecond);
    }

    /** A user of the home writes to so many users of this domain. */
    Sipp writing(String user, String name, int count, int perSecond) {
        return Sipp.calling(
                Contoso.callingPart("message-ender", contoso.home(), user, name + "-[call_number]@" + domain, Map.of())
                        .calls(count, perSecond),
                contoso.directory());
    }

    /** A user of this domain writes, and wants to know whether it arrived. */
    static String message(String id, String from, String to, String text) {
        return "<message from='" + from + "/x' to='" + to + "@" + Contoso.DOMAIN + "' type='chat' id='" + id
                + "'><body>" + text + "</body><request xmlns='urn:xmpp:receipts'/></message>";
    }

    /** A user of this domain writes to a user of the home who is always there. */
    String message(String id) {
        return message(id, "carol@" + domain, KamailioDomain.AUTO, "Hello");
    }

    /** Returns what a user of this domain heard of a message: that it arrived, or an error. */
    static String answer(XmppComponentLink users, String id) {
        Eventually.await("an answer to " + id, PLAY, () -> isAnswered(users, id));
        return users.heard(" id='" + id + "'").get(0).stanza();
    }

    private static boolean isAnswered(XmppComponentLink users, String id) {
        return !users.heard(" id='" + id + "'").isEmpty();
    }

    /** A user of this domain writes, and is told that the message arrived. */
    void assertCrossesBack(XmppComponentLink users) {
        String id = newId();
        users.send(message(id));
        assertThat(answer(users, id)).contains("<received").doesNotContain("error");
    }

    /** Returns once messages cross to the home and from it. A receipt may be lost with a stream, and is not sent again. */
    void awaitCrossing(XmppComponentLink users) {
        Eventually.await("messages from " + domain, PLAY, () -> {
            String id = newId();
            users.send(message(id));
            long end = System.nanoTime() + ANSWER.toNanos();
            while (!isAnswered(users, id) && System.nanoTime() < end) {
                Eventually.elapse(PAUSE);
            }
            return isAnswered(users, id) && answer(users, id).contains("<received");
        });
        Eventually.await("messages to " + domain, PLAY, () -> {
            String name = newId();
            try (Sipp bob = writing(name, 1, 1)) {
                bob.awaitSuccess(PLAY);
                return bob.messages().contains("SIP/2.0 200")
                        && !users.heard("<body", name + "-1@" + domain).isEmpty();
            }
        });
    }

    private String newId() {
        probes++;
        return "probe" + probes;
    }

    @Override
    public void close() {
        server.close();
    }
}
