// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.provider.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TalkTest {
    private static final Optional<Outcome> TAKEN = Optional.of(new Outcome.HandedOver());
    private static final String PLAIN = "NICKLEN=30 CASEMAPPING=rfc1459";

    private static Condition condition(CompletableFuture<Outcome> outcome) {
        return ((Outcome.Failed) outcome.join()).condition();
    }

    @Test
    void withoutLabelsWhatWasNotRefusedBeforeTheAnswerWasTaken() {
        Script script = Script.signedIn("server-time", PLAIN);
        CompletableFuture<Outcome> bob = script.says("bob", "one");
        CompletableFuture<Outcome> nobody = script.says("nobody", "two");
        CompletableFuture<Outcome> again = script.says("bob", "three");
        assertThat(script.sent)
                .isEqualTo(List.of("PRIVMSG bob one", "PING said-1", "PRIVMSG nobody two", "PRIVMSG bob three"));
        script.hears(":s PONG s :said-1");
        assertThat(Script.of(bob)).isEqualTo(TAKEN);
        assertThat(nobody).isNotDone();
        assertThat(script.sent).endsWith("PING said-2");
        script.hears(":s 401 alice nobody :No such nick", ":s PONG s :said-2");
        assertThat(condition(nobody)).isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        assertThat(Script.of(again)).isEqualTo(TAKEN);
    }

    @Test
    void aRefusalOfAnotherCommandIsNoneOfAMessage() {
        Script script = Script.signedIn("server-time", PLAIN);
        CompletableFuture<Outcome> bob = script.says("bob", "one");
        script.hears(
                ":s 421 alice MONITOR :Unknown command",
                ":s 461 alice USERHOST :Not enough parameters",
                ":s 263 alice ISON :Please wait a while",
                ":s FAIL AWAY TOO_LONG :Not so much",
                ":s FAIL MONITOR CANNOT bob :No",
                ":s 432 alice bob :Reserved for services",
                ":s 433 alice bob :Nickname is already in use",
                ":s 438 alice bob :Nick change too fast");
        script.hears(":s PONG s :said-1");
        assertThat(Script.of(bob)).isEqualTo(TAKEN);
    }

    @Test
    void aRefusalThatNamesACommandIsOfTheMessageItIsAbout() {
        Script script = Script.signedIn("server-time", PLAIN);
        CompletableFuture<Outcome> bob = script.says("bob", "one");
        CompletableFuture<Outcome> carol = script.says("carol", "two");
        script.hears(":s FAIL PRIVMSG CANNOT_SEND Carol :She does not want that");
        assertThat(condition(carol)).isEqualTo(Condition.NOT_ACCEPTABLE);
        assertThat(bob).isNotDone();
        script.hears(":s 263 alice PRIVMSG :Please wait a while");
        assertThat(condition(bob)).isEqualTo(Condition.RESOURCE_CONSTRAINT);
        CompletableFuture<Outcome> dave = script.says("dave", "three");
        script.hears(":s 421 alice PRIVMSG :Unknown command");
        assertThat(condition(dave)).isEqualTo(Condition.FEATURE_NOT_IMPLEMENTED);
    }

    @Test
    void withEchoesWhatIsNotEchoedWasDropped() {
        Script script = Script.signedIn("echo-message", PLAIN);
        CompletableFuture<Outcome> dropped = script.says("carol", "x");
        CompletableFuture<Outcome> passed = script.says("bob[w]", "y");
        script.hears(":s PONG s :said-1", ":alice!a@h PRIVMSG bob{w} :y", ":s PONG s :said-2");
        assertThat(condition(dropped)).isEqualTo(Condition.NOT_ALLOWED);
        assertThat(Script.of(passed)).isEqualTo(TAKEN);
        assertThat(script.messages).isEmpty();
    }

    @Test
    void withLabelsEachLineHasItsAnswerAloneOrInABatch() {
        Script script = Script.signedIn("batch labeled-response echo-message", PLAIN);
        CompletableFuture<Outcome> two = script.says("bob", "one\ntwo");
        CompletableFuture<Outcome> refused = script.says("carol", "three");
        assertThat(script.sent)
                .isEqualTo(List.of(
                        "@label=1 PRIVMSG bob one", "@label=2 PRIVMSG bob two", "@label=3 PRIVMSG carol three"));
        script.hears("@label=1 :alice!a@h PRIVMSG bob :one", "@label=2 :s BATCH +x labeled-response");
        script.hears("@batch=x :s 301 alice bob :gone fishing", "@batch=x :alice!a@h PRIVMSG bob :two");
        assertThat(two).isNotDone();
        script.hears(":s BATCH -x", "@label=3 :s 716 alice carol :is in +g mode");
        assertThat(Script.of(two)).isEqualTo(TAKEN);
        assertThat(condition(refused)).isEqualTo(Condition.FORBIDDEN);
    }

    @Test
    void linesKeepTheirPaceAndWhatCannotLeaveInTimeIsRefusedAtOnce() {
        Script script = Script.signedIn("batch labeled-response", PLAIN);
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(script.says("bob", "number " + i));
        }
        assertThat(script.sent)
                .as("five at once, as ten seconds ahead are tolerated")
                .hasSize(5);
        assertThat(outcomes.subList(0, 15)).noneMatch(CompletableFuture::isDone);
        assertThat(outcomes.get(19).join()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.condition()).isEqualTo(Condition.RESOURCE_CONSTRAINT);
            assertThat(failed.retryAfter()).isPresent();
        });
        script.passes(Duration.ofSeconds(20));
        assertThat(script.sent).hasSize(15);
    }

    @Test
    void aMessageWithoutAnswerFailsAndNothingOfItIsSentAfter() {
        Script script = Script.signedIn("batch labeled-response", PLAIN);
        CompletableFuture<Outcome> lost = script.says("bob", "one");
        script.passes(Duration.ofSeconds(29));
        assertThat(condition(lost)).isEqualTo(Condition.REMOTE_SERVER_TIMEOUT);
        script.hears("@label=1 :s ACK");
        CompletableFuture<Outcome> refused = script.says("bob", "1\n2\n3\n4\n5\n6\n7\n8");
        assertThat(script.sent).hasSize(6);
        script.hears("@label=2 :s 401 alice bob :No such nick");
        script.passes(Duration.ofSeconds(20));
        assertThat(condition(refused)).isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        assertThat(script.sent).noneMatch(line -> line.contains("bob 8"));
    }

    @Test
    void whenTheConnectionEndsEveryMessageHasItsOutcome() {
        Script script = Script.signedIn("batch labeled-response", PLAIN);
        CompletableFuture<Outcome> begun = script.says("bob", "one");
        script.client.down("reset");
        assertThat(condition(begun)).isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        assertThat(condition(script.says("bob", "two"))).isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        assertThat(script.standings).endsWith("DISCONNECTED reset");
    }

    @Test
    void whatCannotBeSaidIsNotTried() {
        Script script = Script.signedIn("batch", PLAIN);
        assertThat(condition(script.says("#channel", "x"))).isEqualTo(Condition.JID_MALFORMED);
        assertThat(condition(script.says("bob,carol", "x"))).isEqualTo(Condition.JID_MALFORMED);
        assertThat(condition(script.says("ALICE", "x"))).isEqualTo(Condition.NOT_ALLOWED);
        assertThat(condition(script.says("bob", " \u0001\r\n "))).isEqualTo(Condition.BAD_REQUEST);
        assertThat(condition(script.says("bob", "x\n".repeat(31)))).isEqualTo(Condition.NOT_ACCEPTABLE);
        assertThat(script.sent).isEmpty();
    }

    @Test
    void strangersWhoWriteAndWriteHoldUpTheirServerAndNothingElse() {
        Script script = Script.signedIn("server-time", PLAIN);
        script.taken = new CompletableFuture<>();
        int before = script.listened;
        for (int i = 0; i < Arrivals.MOST_OPEN - 1; i++) {
            script.hears(":bob!b@h PRIVMSG alice :" + i);
        }
        assertThat(script.listened).isEqualTo(before + Arrivals.MOST_OPEN - 1);
        script.hears(":bob!b@h PRIVMSG alice :one too many");
        assertThat(script.listened).as("nothing more is read").isEqualTo(before + Arrivals.MOST_OPEN - 1);
        script.taken.complete(Outcome.failed(Condition.FORBIDDEN, "no"));
        assertThat(script.listened).isEqualTo(before + Arrivals.MOST_OPEN);
        assertThat(script.sent).as("few are answered").hasSize(3).allMatch(line -> line.startsWith("NOTICE bob "));
    }

    @Test
    void whatIsForChannelsServersOrSelfIsForNobodyHere() {
        Script script = Script.signedIn("server-time", PLAIN);
        script.hears(
                ":bob!b@h PRIVMSG #channel :x",
                ":irc.example NOTICE alice :x",
                ":alice!a@h PRIVMSG bob :x",
                ":b*b!b@h PRIVMSG alice :x",
                ":bob!b@h PRIVMSG",
                ":bob!b@h PRIVMSG alice",
                "@time=tomorrow :bob!b@h PRIVMSG ALICE :for me");
        assertThat(script.messages).hasSize(1);
        assertThat(script.messages.get(0).sent()).isEmpty();
        script.hears("@time=2025-06-01T10:00:00.000Z;msgid=abc :bob!b@h PRIVMSG alice :kept for me");
        assertThat(script.messages.get(1).sent()).isPresent();
        assertThat(script.messages.get(1).id()).isEqualTo("abc");
    }
}
