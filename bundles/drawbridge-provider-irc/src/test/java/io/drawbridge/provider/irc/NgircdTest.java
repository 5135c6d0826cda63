// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Ngircd;
import io.drawbridge.testbed.TestAuthority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against an ngIRCd: no MONITOR, no labels, no SASL, so that everything takes the way round. */
final class NgircdTest {
    @RegisterExtension
    private static final Village<Ngircd> VILLAGE = new Village<>(
            "100", (directory, credential, anchor) -> new Ngircd(directory, "irc.plain.example", credential));

    @Test
    void twoWriteToEachOther() {
        IrcUser bob = VILLAGE.user("Bob1");
        Organisation contoso = VILLAGE.organisation("alice1").online();
        assertThat(contoso.outcome(contoso.says("bob1", "hello\r\nQUIT :smuggled\n\nand Grüße")))
                .isEqualTo(new Outcome.HandedOver());
        bob.awaits(":alice1!", " PRIVMSG Bob1 :hello");
        bob.awaits(":alice1!", " PRIVMSG Bob1 :QUIT :smuggled");
        bob.awaits(":alice1!", " PRIVMSG Bob1 :and Grüße");
        bob.says("alice1", "\u0002bold\u0002 and \u000304,12red\u0003 back");
        contoso.awaitSaid("bob1: bold and red back");
        bob.says("alice1", "\u0001ACTION waves\u0001");
        contoso.awaitSaid("bob1: * Bob1 waves");
    }

    @Test
    void aMessageToNobodyFailsAndOneThatWasRefusedHereIsToldItsSender() {
        IrcUser bob = VILLAGE.user("bob2");
        Organisation contoso = VILLAGE.organisation("alice2").online();
        assertThat(contoso.outcome(contoso.says("nobody2", "hello")))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.RECIPIENT_UNAVAILABLE));
        assertThat(contoso.outcome(contoso.says("#channel", "hello")))
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.condition())
                        .isEqualTo(Condition.JID_MALFORMED));
        contoso.takes(Outcome.failed(Condition.FORBIDDEN, "not wanted"));
        bob.says("alice2", "buy!");
        bob.awaits(":alice2!", " NOTICE bob2 :Your message was not delivered: not wanted");
        bob.sends("NOTICE alice2 :a notice");
        contoso.awaitSaid("bob2: a notice");
        bob.says("alice2", "again");
        bob.awaits(" NOTICE bob2 ");
        assertThat(contoso.messages.get(1).style()).isEqualTo(Message.Style.HEADLINE);
    }

    @Test
    void clientsAreAnsweredModestlyAndFilesRefused() {
        IrcUser bob = VILLAGE.user("bob3");
        VILLAGE.organisation("alice3").online();
        bob.says("alice3", "\u0001VERSION\u0001");
        bob.awaits(" NOTICE bob3 :\u0001VERSION Drawbridge\u0001");
        bob.says("alice3", "\u0001PING 12345\u0001");
        bob.awaits(" NOTICE bob3 :\u0001PING 12345\u0001");
        bob.says("alice3", "\u0001DCC SEND a.exe 2130706433 5000 10\u0001");
        bob.awaits(" NOTICE bob3 :Files and calls are not taken here.");
    }

    @Test
    void presenceIsAskedForWhereItIsNotTold() {
        Organisation contoso = VILLAGE.organisation("alice4").online();
        contoso.watches("bob4");
        contoso.awaitPresence(document -> document.instances().isEmpty());
        IrcUser carol = VILLAGE.user("carol4");
        carol.sends("AWAY :gone fishing");
        carol.awaits(" 306 ");
        contoso.watches("carol4");
        contoso.awaitPresence(document -> is(document, "carol4", Availability.AWAY));
        assertThat(contoso.steps).contains("carol4@irc.example ASK alice@contoso.example");
    }

    private static boolean is(PresenceDocument document, String nick, Availability availability) {
        return document.presentity().local().equals(nick)
                && document.instances().stream().anyMatch(instance -> instance.availability() == availability);
    }

    @Test
    void theOwnUserIsAwayForEverybodyAndBack() {
        IrcUser bob = VILLAGE.user("bob5");
        Organisation contoso = VILLAGE.organisation("alice5").online();
        contoso.shows("bob5", document(Availability.AWAY, "at lunch\r\nQUIT"));
        Eventually.await(
                "alice to be away",
                Organisation.PATIENCE,
                () -> whois(bob, "alice5", " 301 bob5 alice5 :at lunchQUIT"));
        contoso.shows("bob5", document(Availability.AVAILABLE, ""));
        Eventually.await("alice to be back", Organisation.PATIENCE, () -> !whois(bob, "alice5", " 301 "));
    }

    private static boolean whois(IrcUser asking, String nick, String part) {
        asking.sends("WHOIS " + nick);
        boolean[] found = new boolean[1];
        for (String line = ""; !line.contains(" 318 "); ) {
            line = asking.awaits(" ");
            found[0] |= line.contains(part);
        }
        return found[0];
    }

    private static PresenceDocument document(Availability availability, String note) {
        List<Note> notes = note.isEmpty() ? List.of() : List.of(new Note("", note));
        return new PresenceDocument(
                Organisation.ALICE,
                List.of(new InstancePresence("", availability, notes, Optional.empty(), Optional.empty())));
    }

    @Test
    void fiftyMessagesAtOnceArePacedAndArriveInOrder() {
        IrcUser bob = VILLAGE.user("bob6");
        Organisation contoso = VILLAGE.organisation("alice6").online();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(contoso.says("bob6", "number " + i));
        }
        for (int i = 0; i < 50; i++) {
            bob.awaits(" PRIVMSG bob6 :number " + i);
        }
        assertThat(outcomes.stream().map(contoso::outcome)).containsOnly(new Outcome.HandedOver());
        assertThat(contoso.last()).startsWith("ONLINE");
        assertThat(VILLAGE.server().process().output()).doesNotContain("Excess");
    }

    @Test
    void whatWouldWaitTooLongIsRefusedAtOnceAndSaysWhenToTryAgain() {
        VILLAGE.user("bob7");
        Organisation contoso = VILLAGE.organisation("alice7")
                .withNetwork("lineMillis", "30000")
                .online();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outcomes.add(contoso.says("bob7", "number " + i));
        }
        assertThat(contoso.outcome(outcomes.get(9))).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.condition()).isEqualTo(Condition.RESOURCE_CONSTRAINT);
            assertThat(failed.retryAfter()).isPresent();
        });
    }

    @Test
    void aNickInUseIsWaitedForUnderAnother() {
        IrcUser ghost = VILLAGE.user("alice8");
        Organisation contoso = VILLAGE.organisation("alice8").online();
        assertThat(contoso.last()).isEqualTo("ONLINE as alice8_, since alice8 is in use");
        ghost.says("alice8_", "found you");
        contoso.awaitSaid("alice8: found you");
    }

    @Test
    void aNickThatIsNoneNeedsTheAdministrator() {
        Organisation contoso =
                VILLAGE.organisation("this-nick-is-longer-than-it-takes").connected();
        assertThat(contoso.awaitStanding(AccountStatus.BAD_CREDENTIALS)).contains("BAD_CREDENTIALS");
    }

    @Test
    void aServerWithoutSaslGetsNoPassword() {
        Organisation contoso = VILLAGE.organisation("alice9")
                .withAccount(".password", "hunter2")
                .connected();
        assertThat(contoso.awaitStanding(AccountStatus.DISCONNECTED)).contains("no SASL");
        assertThat(contoso.standings.toString()).doesNotContain("hunter2");
    }

    @Test
    void aServerThatIsNotWhoItShouldBeIsLeftBeforeAnythingIsSaid() {
        TestAuthority stranger = new TestAuthority("Stranger", VILLAGE.folder("stranger"));
        Organisation contoso = VILLAGE.organisation("alice10", stranger).connected();
        assertThat(contoso.awaitStanding(AccountStatus.DISCONNECTED)).contains("localhost:");
    }

    @Test
    void whatComesWhileTheAccountHasTooMuchToDoIsNotLost() {
        IrcUser bob = VILLAGE.user("bob11");
        Organisation contoso = VILLAGE.organisation("alice11").online();
        contoso.isBusy(true);
        bob.says("alice11", "one");
        Eventually.await("the account to refuse it", Organisation.PATIENCE, () -> contoso.refused() > 0);
        contoso.isBusy(false);
        contoso.awaitSaid("bob11: one");
        int before = contoso.refused();
        contoso.isBusy(true);
        VILLAGE.server().restart();
        Eventually.await("the account to refuse its end", Organisation.PATIENCE, () -> contoso.refused() > before);
        contoso.isBusy(false);
        contoso.awaitStanding(AccountStatus.DISCONNECTED);
    }
}
