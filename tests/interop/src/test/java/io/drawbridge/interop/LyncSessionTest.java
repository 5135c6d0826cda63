// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.testbed.FreePorts;
import io.drawbridge.testbed.Prosody;
import io.drawbridge.testbed.Sipp;
import io.drawbridge.testbed.Specified;
import io.drawbridge.testbed.XmppUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whose client holds sessions as Lync does, played by SIPp behind a Kamailio, talks with a user of a Prosody. */
final class LyncSessionTest {
    private static final Duration PLAY = Duration.ofMinutes(2);
    private static final String BOB = "bob@contoso.example";
    private static final String ROMEO = "romeo@chat.example";
    private static final Pattern REQUEST =
            Pattern.compile("(?s)(?<=\n\r?\n)[A-Z]+ sip:\\S+ SIP/2\\.0\r\n.*?(?=\r?\n-----|\\z)");

    @TempDir
    private static Path directory;

    @AutoClose
    private static Contoso contoso;

    @AutoClose
    private static Prosody chat;

    @BeforeAll
    static void start() {
        contoso = new Contoso(directory, Map.of(), Map.of());
        contoso.edge().configure("io.drawbridge.sip.gateway", Map.of("messageMode", "SESSION"));
        chat = contoso.world().startProsody("chat.example", "romeo");
        int xmppPort = FreePorts.next();
        contoso.publishXmpp(xmppPort);
        contoso.allowXmpp("chat.example");
        contoso.listenForXmpp(xmppPort);
    }

    private static String chat(String text) {
        return "<message to='" + BOB + "' type='chat'><body>" + text + "</body></message>";
    }

    @Test
    void theFirstTextComesWithTheInvitationAndTypingAndAnswersFollowInTheSession() {
        try (XmppUser romeo = chat.user("romeo");
                Sipp bob = contoso.calling("lync-caller", contoso.home(), ROMEO, Map.of())) {
            romeo.awaits("<message", "from=\"" + BOB, "<body>Hello, world</body>");
            romeo.awaits("<message", "<body>How are you?");
            romeo.sends(chat("Fine, thanks"));
            bob.awaitSuccess(PLAY);
            assertThat(bob.messages()).contains("\r\n\r\nFine, thanks");
        }
    }

    @Test
    @Specified(
            document = "Lync dialect",
            section = "IM session",
            requirement =
                    "IM is a dialog: INVITE with m=message, then MESSAGE requests in the dialog, then BYE; never send"
                            + " pager MESSAGE to a peer of type Lync, open a session")
    void whoWritesFirstFromOutsideInvitesAndGoneEndsTheSession() {
        try (XmppUser romeo = chat.user("romeo");
                Sipp bob = contoso.answering("session-answerer", contoso.home())) {
            romeo.sends(chat("Hello, Bob"));
            romeo.awaits("<message", "from=\"" + BOB, "<body>Fine, thanks");
            romeo.sends("<message to='" + BOB
                    + "' type='chat'><gone xmlns='http://jabber.org/protocol/chatstates'/></message>");
            bob.awaitSuccess(PLAY);
            List<String> requests = REQUEST.matcher(bob.messages())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(requests)
                    .filteredOn(request -> request.contains("From: <sip:" + ROMEO))
                    .extracting(request -> request.substring(0, request.indexOf(' ')))
                    .containsExactly("INVITE", "ACK", "MESSAGE", "BYE");
            assertThat(requests.get(0))
                    .contains("\r\nMs-Conversation-ID: ", "\r\nm=message 5060 sip null\r\n")
                    .containsPattern("\r\na=accept-types:text/plain[ \r]");
            assertThat(requests)
                    .anyMatch(request -> request.startsWith("MESSAGE ") && request.endsWith("\r\n\r\nHello, Bob"));
        }
    }
}
