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
        for (int second = 0; second < 40; second++) {
            script.passes(Duration.ofSeconds(1));
            if (script.sent.stream().anyMatch("PING alive"::equals)) {
                script.hears(":s PONG s :alive");
            }
            script.hears(":s 303 alice :");
        }
        assertThat(sent(script, "ISON")).hasSizeBetween(14, 25).allMatch(line -> line.length() <= 510);
        assertThat(String.join(" ", sent(script, "ISON")).split(" ")).contains(nicks);
        assertThat(offline(script)).contains(nicks);
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
    void thereIsOneQuestionAtATimeSoThatAnAnswerBelongsToIt() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        watches(script, "carol");
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).containsExactly("ISON bob");
        script.hears(":s 303 alice :bob");
        assertThat(script.sent).containsExactly("ISON bob", "ISON carol");
        script.hears(":s 303 alice :");
        assertThat(offline(script)).containsExactly("carol");
    }

    @Test
    void aLateAnswerIsNotTakenForTheNextQuestions() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(31));
        watches(script, "carol");
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).containsExactly("ISON bob", "PING there-1");
        script.hears(":s 303 alice :bob");
        assertThat(script.sent).endsWith("ISON carol");
        script.hears(":s PONG s :there-1", ":s 303 alice :bob", ":s 303 alice :carol");
        assertThat(offline(script)).isEmpty();
        assertThat(script.presence).hasSize(2);
    }

    @Test
    void aQuestionIsGivenUpWhenTheServerHasAnsweredWhatWasAskedAfterIt() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(31));
        watches(script, "carol");
        script.hears(":s PONG s :there-1");
        script.passes(Duration.ofSeconds(1));
        assertThat(sent(script, "ISON")).containsExactly("ISON bob", "ISON carol");
        script.passes(Duration.ofSeconds(31));
        assertThat(script.sent).endsWith("PING there-2");
        script.passes(Duration.ofSeconds(20));
        script.hears(":s PONG s :there-1", ":s 303 alice :carol");
        assertThat(offline(script)).isEmpty();
        assertThat(script.presence).hasSize(1);
    }

    @Test
    void aQuestionThatTheServerRefusesIsInNobodysWay() {
        Script script = Script.signedIn("server-time", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        watches(script, "carol");
        script.passes(Duration.ofSeconds(1));
        script.hears(":s 263 alice USERHOST :Please wait a while");
        assertThat(script.sent).containsExactly("ISON bob");
        script.hears(":s 263 alice ISON :Please wait a while");
        assertThat(script.sent).containsExactly("ISON bob", "ISON carol");
    }

    @Test
    void whereTheServerLabelsItsAnswersTheLabelTellsWhoseAnAnswerIs() {
        Script script = Script.signedIn("batch labeled-response", PLAIN);
        watches(script, "bob");
        script.passes(Duration.ofSeconds(1));
        script.hears(":s 303 alice :");
        assertThat(script.presence).isEmpty();
        script.hears("@label=1 :s BATCH +r labeled-response", "@batch=r :s 303 alice :bob", ":s BATCH -r");
        assertThat(script.presence).hasSize(1);
        watches(script, "carol");
        script.passes(Duration.ofSeconds(31));
        watches(script, "dave");
        script.passes(Duration.ofSeconds(1));
        assertThat(script.sent).contains("@label=1 ISON bob", "@label=2 ISON carol", "@label=3 ISON dave");
        script.hears("@label=2 :s 303 alice :", "@label=3 :s 303 alice :dave");
        assertThat(offline(script)).isEmpty();
        assertThat(script.presence).hasSize(2);
    }
}
