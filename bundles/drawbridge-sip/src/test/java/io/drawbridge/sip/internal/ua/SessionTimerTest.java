// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.testbed.Specified;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Session timers: RFC 4028. */
class SessionTimerTest {
    private static final String SDP = "v=0\ns=-\nt=0 0\nm=message 5060 sip null\n";
    private final Scene scene = new Scene().with("messageMode", "SESSION").with("sessionIdleSeconds", 86_400);

    /** The home invites; returns the answer. */
    private String invites(String... more) {
        return scene.invites(SDP, more);
    }

    private String updates(String accepted, String... more) {
        String contact = Scene.header(accepted, "Contact");
        List<String> lines = new ArrayList<>(List.of(
                "UPDATE " + contact.substring(1, contact.length() - 1) + " SIP/2.0",
                "From: <sip:romeo@corp.example>;tag=r1",
                "To: " + Scene.header(accepted, "To"),
                "Call-ID: i1",
                "CSeq: " + scene.nextInDialog() + " UPDATE"));
        lines.addAll(Arrays.asList(more));
        scene.sends("", lines.toArray(String[]::new));
        return scene.gets("SIP/2.0");
    }

    /** Juliet writes, and the home accepts the session. */
    private void accepted(String... more) {
        scene.says("Hi");
        accepts(scene.gets("INVITE "), more);
        scene.answers(scene.gets("MESSAGE "), 200);
    }

    private void accepts(String invite, String... more) {
        List<String> lines =
                new ArrayList<>(List.of("Contact: <sip:romeo@10.0.0.1:5071>", "Content-Type: application/sdp"));
        lines.addAll(Arrays.asList(more));
        scene.answers(invite, SDP, 200, lines.toArray(String[]::new));
        scene.gets("ACK ");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "7.1",
            requirement = "An INVITE states timer in Supported, Session-Expires and Min-SE")
    void anInvitationAsksForATimer() {
        scene.says("Hi");
        String invite = scene.gets("INVITE ");

        assertThat(Scene.header(invite, "Supported")).isEqualTo("timer");
        assertThat(Scene.header(invite, "Session-Expires")).isEqualTo("1800");
        assertThat(Scene.header(invite, "Min-SE")).isEqualTo("90");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "7.3",
            requirement = "A 422 is answered by the same request with the Min-SE it states")
    void tooShortAnIntervalIsRaised() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        String first = scene.gets("INVITE ");
        scene.answers(first, 422, "Min-SE: 3600");
        scene.gets("ACK ");
        String second = scene.gets("INVITE ");

        assertThat(Scene.header(second, "Session-Expires")).isEqualTo("3600");
        assertThat(Scene.header(second, "Min-SE")).isEqualTo("3600");
        assertThat(Scene.header(second, "Call-ID")).isEqualTo(Scene.header(first, "Call-ID"));
        assertThat(Scene.header(second, "CSeq")).isEqualTo("2 INVITE");
        scene.answers(second, 422, "Min-SE: 3600");
        scene.gets("ACK ");
        scene.getsNothing();
        assertThat(outcome).as("no circle").isDone();
    }

    @Test
    void whoWantsEverMoreIsNotFollowed() {
        CompletableFuture<DeliveryOutcome> outcome = scene.says("Hi");
        for (int seconds = 1801; seconds <= 1804; seconds++) {
            scene.answers(scene.gets("INVITE "), 422, "Min-SE: " + seconds);
            scene.gets("ACK ");
        }

        scene.getsNothing();
        assertThat(outcome).isDone();
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "10",
            requirement = "The refresher refreshes \"once half the session interval has elapsed\"")
    void whoRefreshesDoesSoAtHalfTime() {
        accepted("Session-Expires: 600;refresher=uac", "Require: timer");
        scene.time.advance(Duration.ofSeconds(299));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));
        String update = scene.gets("UPDATE sip:romeo@10.0.0.1:5071 SIP/2.0");
        assertThat(Scene.header(update, "Session-Expires")).isEqualTo("600;refresher=uac");
        scene.answers(update, 200, "Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));

        scene.gets("UPDATE ");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "89"})
    @Specified(document = "RFC 4028", section = "5", requirement = "No interval is below 90 seconds")
    void anIntervalThatIsTooShortIsNotFollowed(String seconds) {
        accepted("Session-Expires: " + seconds + ";refresher=uac");
        scene.time.advance(Duration.ofSeconds(44));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        scene.gets("UPDATE ");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "7.4",
            requirement = "A refresh is an UPDATE, or a re-INVITE where that is not known")
    void whoTakesNoUpdateIsInvitedAgain() {
        accepted("Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));
        scene.answers(scene.gets("UPDATE "), 501);
        String invite = scene.gets("INVITE sip:romeo@10.0.0.1:5071 SIP/2.0");
        assertThat(Scene.body(invite)).contains("m=message");
        accepts(invite, "Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));

        scene.gets("INVITE ");
    }

    @ParameterizedTest
    @CsvSource({"408", "481"})
    @Specified(
            document = "RFC 4028",
            section = "10",
            requirement = "A refresh that times out or is answered 408 or 481 ends the session with a BYE")
    void aRefreshThatNobodyTakesEndsTheSession(int status) {
        accepted("Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));
        scene.answers(scene.gets("UPDATE "), status);

        scene.gets("BYE ");
    }

    @Test
    void aRefreshThatIsRefusedForNowEndsTheSessionInTime() {
        accepted("Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));
        scene.answers(scene.gets("UPDATE "), 500);
        scene.time.advance(Duration.ofSeconds(267));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        scene.gets("BYE ");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "10",
            requirement = "Who does not refresh sends a BYE before the interval is over")
    void aSessionThatTheOtherSideNoLongerRefreshesEnds() {
        accepted("Session-Expires: 600;refresher=uas");
        scene.time.advance(Duration.ofSeconds(567));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        scene.gets("BYE ");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "7.2",
            requirement =
                    "\"If the 2xx response did not contain a Session-Expires header field, there is no session expiration\"")
    void aSessionWithoutATimerStays() {
        accepted();
        scene.time.advance(Duration.ofHours(10));

        scene.getsNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "Supported: timer, Session-Expires: 600, 600;refresher=uac, timer",
        "Supported: timer, Session-Expires: 600;refresher=uac, 600;refresher=uac, timer",
        "Supported: timer, Session-Expires: 600;refresher=uas, 600;refresher=uas, ''",
        "X-None: 1, Session-Expires: 600, 600;refresher=uas, ''",
        "k: timer, x: 600, 600;refresher=uac, timer",
        "Supported: timer, X-None: 1, 1800;refresher=uac, timer",
        "X-None: 1, X-Other: 1, '', ''"
    })
    @Specified(document = "RFC 4028", section = "9", requirement = "Table 2: who refreshes, by what the request says")
    void anInvitationIsAgreedToByTheTable(String supported, String expires, String agreed, String required) {
        String accepted = invites(supported, expires);

        assertThat(accepted).startsWith("SIP/2.0 200");
        assertThat(Scene.header(accepted, "Session-Expires")).isEqualTo(agreed);
        assertThat(Scene.header(accepted, "Require")).isEqualTo(required);
    }

    @Test
    @Specified(document = "RFC 4028", section = "9", requirement = "422 with Min-SE for an interval below it")
    void tooShortAnIntervalIsRefused() {
        String refused = invites("Supported: timer", "Session-Expires: 89");

        assertThat(refused).startsWith("SIP/2.0 422");
        assertThat(Scene.header(refused, "Min-SE")).isEqualTo("90");
        assertThat(invites("Supported: timer", "Session-Expires: 90")).startsWith("SIP/2.0 200");
    }

    @Test
    @Specified(
            document = "RFC 4028",
            section = "8.1",
            requirement = "Who does not know the extension is not refused for a proxy's wish")
    void whoKnowsNoTimerIsNotRefused() {
        assertThat(Scene.header(invites("Session-Expires: 89"), "Session-Expires"))
                .isEqualTo("90;refresher=uas");
    }

    @Test
    void aRefreshOfTheHomesKeepsTheSession() {
        String accepted = invites("Supported: timer", "Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofSeconds(500));
        String refreshed = updates(accepted, "Supported: timer", "Session-Expires: 600;refresher=uac");
        assertThat(refreshed).startsWith("SIP/2.0 200");
        assertThat(Scene.header(refreshed, "Session-Expires")).isEqualTo("600;refresher=uac");
        scene.time.advance(Duration.ofSeconds(567));
        scene.getsNothing();
        scene.time.advance(Duration.ofSeconds(1));

        scene.gets("BYE ");
    }

    /** A refresh is no word: who says nothing for long has left all the same (interworking 3.4 rule 10). */
    @Test
    void refreshesDoNotKeepAnIdleSession() {
        scene.with("sessionIdleSeconds", 400);
        String accepted = invites("Supported: timer", "Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofMinutes(5));
        updates(accepted, "Supported: timer", "Session-Expires: 600;refresher=uac");
        scene.time.advance(Duration.ofSeconds(100));

        scene.gets("BYE ");
    }
}
