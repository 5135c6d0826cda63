// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.PresenceDocument;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ContactsTest {
    private static final String PLAIN = "NICKLEN=30";
    private static final String MONITOR = "NICKLEN=30 MONITOR=3 TARGMAX=USERHOST:2";

    private static void watches(Script script, String... nicks) {
        List.of(nicks).forEach(nick -> script.client.watch(Script.ALICE, Script.onNetwork(nick)));
    }

    private static List<String> sent(Script script, String command) {
        return script.sent.stream().filter(line -> line.startsWith(command)).toList();
    }

    private static List<String> offline(Script script) {
        return script.presence.stream()
                .filter(document -> document.instances().isEmpty())
                .map(PresenceDocument::presentity)
                .map(contact -> contact.local())
                .toList();
    }

    @Test
    void howeverOftenSomebodyComesAndGoesOneQuestionWaitsForThem() {
        Script script = Script.signedIn("server-time", MONITOR);
        watches(script, "bob", "carol", "dave");
        for (int i = 0; i < 10_000; i++) {
            script.hears(":s 730 alice :bob!b@h,carol!c@h,dave!d@h", ":s 731 alice :bob,carol,dave");
        }
        script.hears(":s 730 alice :bob!b@h,carol!c@h,dave!d@h");
        script.passes(Duration.ofSeconds(30));
        assertThat(sent(script, "USERHOST")).containsExactly("USERHOST bob carol", "USERHOST dave");
    }

    @Test
    void whoIsNotThereAnyMoreIsNotAskedFor() {
        Script script = Script.signedIn("server-time", MONITOR);
        watches(script, "bob");
        script.hears(":s 730 alice :bob!b@h", ":s 731 alice :bob");
        script.passes(Duration.ofSeconds(30));
        assertThat(sent(script, "USERHOST")).isEmpty();
    }

    @Test
    void manyAreAskedForInPaceAndAllInTheEnd() {
        Script script = Script.signedIn("server-time", PLAIN);
        String[] nicks = IntStream.range(0, 500).mapToObj(i -> "somebody" + i).toArray(String[]::new);
        watches(script, nicks);
        script.passes(Duration.ofMillis(200));
        assertThat(sent(script, "ISON")).hasSizeLessThanOrEqualTo(5).allMatch(line -> line.length() <= 510);
        script.passes(Duration.ofSeconds(40));
        assertThat(String.join(" ", sent(script, "ISON")).split(" ")).contains(nicks);
    }

    @Test
    void whoIsWatchedAgainAtOnceIsToldOfAgain() {
        Script script = Script.signedIn("server-time", MONITOR);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).containsExactly("MONITOR + bob");
        script.client.unwatch(Script.onNetwork("bob"));
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).containsExactly("MONITOR + bob", "ISON bob");
        script.client.unwatch(Script.onNetwork("bob"));
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).endsWith("MONITOR - bob");
    }

    @Test
    void anAnswerBelongsToItsQuestionAlsoWhenTheNextRoundBegins() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        script.hears(":s 303 alice :bob");
        script.passes(Duration.ofMillis(48_700));
        watches(script, "carol");
        script.passes(Duration.ofMillis(600));
        assertThat(sent(script, "ISON")).containsExactly("ISON bob", "ISON carol", "ISON bob carol");
        script.hears(":s 303 alice :", ":s 303 alice :bob");
        assertThat(offline(script)).containsExactly("carol");
    }

    @Test
    void whatWasNotAnsweredInAMinuteIsNotTakenForAnsweredByTheNext() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(40));
        script.hears(":s PONG s :alive");
        script.passes(Duration.ofSeconds(40));
        script.hears(":s PONG s :alive");
        assertThat(sent(script, "ISON")).containsExactly("ISON bob", "ISON bob");
        watches(script, "carol");
        script.passes(Duration.ofSeconds(1));
        script.hears(":s 303 alice :bob", ":s 303 alice :carol");
        assertThat(offline(script)).isEmpty();
    }
}
