// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.provider.irc.client.Identity.Proof;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistrationTest {
    private static final String WELCOME = ":s 001 alice :Welcome";
    private static final String GREETED = ":s 376 alice :End of MOTD";

    @Test
    void onlyWhatIsOfferedAndOfUseIsAskedForHoweverManyLinesTheOfferHas() {
        Script script = new Script(Proof.NONE);
        assertThat(script.sent).isEqualTo(List.of("CAP LS 302", "NICK alice", "USER alice 0 * Alice"));
        script.hears(":s CAP * LS * :multi-prefix sasl=PLAIN server-time", ":s CAP * LS :batch labeled-response x=y");
        assertThat(script.sent.get(3)).isEqualTo("CAP REQ :batch labeled-response server-time");
        script.hears(":s CAP * ACK :batch labeled-response server-time");
        assertThat(script.sent.get(4)).isEqualTo("CAP END");
        script.hears(WELCOME, GREETED);
        assertThat(script.standings).isEqualTo(List.of("ONLINE "));
    }

    @Test
    void anExtensionThatIsRefusedDoesNotCostTheOthers() {
        Script script = new Script(Proof.NONE);
        script.hears(":s CAP * LS :batch server-time", ":s CAP * NAK :batch server-time");
        assertThat(script.sent.subList(4, 6)).isEqualTo(List.of("CAP REQ batch", "CAP REQ server-time"));
        script.hears(":s CAP * NAK :batch");
        assertThat(script.sent).doesNotContain("CAP END");
        script.hears(":s CAP * ACK :server-time");
        assertThat(script.sent).endsWith("CAP END");
    }

    @Test
    void aServerFromBeforeExtensionsLetsIn() {
        Script script = new Script(Proof.NONE);
        script.hears(":s 421 * CAP :Unknown command", WELCOME, ":s 422 alice :No MOTD");
        assertThat(script.standings).isEqualTo(List.of("ONLINE "));
    }

    @Test
    void thePasswordGoesInPiecesAndOnlyWhenAskedFor() {
        Script script = new Script(Proof.PLAIN);
        script.hears(":s CAP * LS :sasl=EXTERNAL,PLAIN", ":s CAP * ACK :sasl");
        assertThat(script.sent).endsWith("AUTHENTICATE PLAIN");
        script.hears("AUTHENTICATE +");
        assertThat(script.sent).endsWith("AUTHENTICATE AGFsaWNlAHNlY3JldA==");
        script.hears(":s 900 * alice!a@h alice :You are now logged in", ":s 903 * :SASL authentication successful");
        assertThat(script.sent).endsWith("CAP END");
        Identity longest = new Identity(
                Script.ALICE, Script.onNetwork("x").domain(), "a", "a", "", Proof.PLAIN, "a", "x".repeat(297));
        assertThat(Sasl.answer(longest)).hasSize(2);
        assertThat(Sasl.answer(longest).get(1).text()).isEqualTo("AUTHENTICATE +");
    }

    @ParameterizedTest
    @CsvSource({
        "904, BAD_CREDENTIALS",
        "905, BAD_CREDENTIALS",
        "902, BLOCKED",
        "906, DISCONNECTED",
        "464, BAD_CREDENTIALS",
        "432, BAD_CREDENTIALS",
        "465, BLOCKED",
        "463, BLOCKED",
        "466, THROTTLED",
    })
    void whatEndsSigningInSaysWhatComesNext(String numeric, String status) {
        Script script = new Script(Proof.PLAIN);
        script.hears(":s CAP * LS :sasl", ":s CAP * ACK :sasl", ":s " + numeric + " * :because", "ERROR :Closing link");
        assertThat(script.standings).isEqualTo(List.of(status + " because"));
        assertThat(script.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Closing link: (a@b) [Killed (NickServ (GHOST command used by alice))] | REPLACED",
                "Closing link: (a@b) [K-lined: spam] | BLOCKED",
                "Closing Link: 1.2.3.4 (Z:Lined (bad)) | BLOCKED",
                "You are banned from this server | BLOCKED",
                "Trying to reconnect too fast. | THROTTLED",
                "Your host is trying to (re)connect too fast -- throttled | THROTTLED",
                "Closing link: (a@b) [Killed (boss (enough))] | THROTTLED",
                "Closing link: (a@b) [Excess Flood] | DISCONNECTED",
                "Server going down, back online soon | DISCONNECTED",
                "Ping timeout | DISCONNECTED",
            })
    void whatServersSayAtTheEndSaysWhatComesNext(String text, String status) {
        assertThat(Farewell.said(text).status()).hasToString(status);
    }

    @Test
    void aNickInUseIsTriedWithATailFiveTimes() {
        Script script = new Script(Proof.NONE);
        for (int i = 0; i < 4; i++) {
            script.hears(":s 433 * alice :Nickname is already in use");
        }
        assertThat(script.sent).endsWith("NICK alice_", "NICK alice__", "NICK alice___", "NICK alice____");
        script.hears(":s 437 * alice____ :Nick temporarily unavailable");
        assertThat(script.standings).isEqualTo(List.of("REPLACED the nick and others like it are in use"));
    }

    @Test
    void theNickWantedIsAskedForAgainAndAgainButNotForEver() {
        Script script = new Script(Proof.NONE);
        script.hears(":s 433 * alice :in use", ":s 001 alice_ :Welcome", ":s 422 alice_ :No MOTD");
        assertThat(script.standings).isEqualTo(List.of("ONLINE as alice_, since alice is in use"));
        script.hears(":s PONG s :alive");
        for (int minute = 0; minute < 120; minute++) {
            script.passes(Duration.ofMinutes(1));
            script.hears(":s PONG s :alive");
        }
        assertThat(script.sent.stream().filter("NICK alice"::equals)).hasSize(13);
        script.hears(":alice_!a@h NICK :alice");
        assertThat(script.standings).endsWith("ONLINE ");
    }

    @Test
    void aServerThatSaysNothingIsLeft() {
        Script silent = new Script(Proof.NONE);
        silent.passes(Duration.ofSeconds(61));
        assertThat(silent.standings).hasSize(1).allMatch(line -> line.startsWith("DISCONNECTED"));
        Script later = Script.signedIn("batch", "NICKLEN=9");
        later.passes(Duration.ofMinutes(3));
        assertThat(later.standings).endsWith("DISCONNECTED the server fell silent");
    }
}
