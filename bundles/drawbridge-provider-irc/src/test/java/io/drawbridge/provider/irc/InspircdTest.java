// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Composing;
import io.drawbridge.api.model.Condition;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.provider.AccountStatus;
import io.drawbridge.api.provider.Outcome;
import io.drawbridge.testbed.Credential;
import io.drawbridge.testbed.Eventually;
import io.drawbridge.testbed.Inspircd;
import io.drawbridge.testbed.IrcUser;
import io.drawbridge.testbed.Leaf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against an InspIRCd with the services of Atheme: most of IRCv3, SASL, and a server that ends connections it dislikes. */
final class InspircdTest {
    private static final String PASSWORD = "open sesame";

    @RegisterExtension
    private static final Village<Inspircd> VILLAGE = new Village<>(
            "200", (directory, credential, anchor) -> new Inspircd(directory, "irc.rich.example", credential, anchor));

    private IrcUser operator(String nick) {
        IrcUser operator = VILLAGE.user(nick);
        operator.sends("OPER " + Inspircd.OPER + " " + Inspircd.OPER_PASSWORD);
        operator.awaits(" 381 ");
        return operator;
    }

    /** Has an account made by the network's services. */
    private void enrolled(String nick, String password) {
        try (IrcUser owner = new IrcUser(VILLAGE.server().port(), nick)) {
            owner.says("NickServ", "REGISTER " + password + " " + nick + "@contoso.example");
            owner.awaits("NickServ", "is now registered");
        }
    }

    private static Condition condition(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).condition();
    }

    @Test
    void eachMessageHasItsOwnAnswer() {
        IrcUser bob = VILLAGE.user("bob1");
        IrcUser carol = VILLAGE.user("carol1");
        carol.sends("MODE carol1 +g");
        carol.awaits("MODE carol1 ");
        Organisation contoso = VILLAGE.organisation("alice1").online();
        List<CompletableFuture<Outcome>> outcomes = List.of(
                contoso.says("bob1", "one"),
                contoso.says("nobody1", "two"),
                contoso.says("carol1", "three"),
                contoso.says("bob1", "four"));
        assertThat(contoso.outcome(outcomes.get(0))).isEqualTo(new Outcome.HandedOver());
        assertThat(condition(contoso.outcome(outcomes.get(1)))).isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        assertThat(condition(contoso.outcome(outcomes.get(2)))).isEqualTo(Condition.FORBIDDEN);
        assertThat(contoso.outcome(outcomes.get(3))).isEqualTo(new Outcome.HandedOver());
        bob.awaits(" PRIVMSG bob1 :one");
        bob.awaits(" PRIVMSG bob1 :four");
        assertThat(contoso.messages)
                .as("what the server echoes is nobody's message")
                .isEmpty();
    }

    @Test
    void aLongMessageIsSplitSoThatNothingOfItIsLost() {
        IrcUser bob = VILLAGE.user("bob2");
        Organisation contoso = VILLAGE.organisation("alice2").online();
        String text = "Bücher und €uro, 🦜 inbegriffen; ".repeat(60).strip();
        assertThat(contoso.outcome(contoso.says("bob2", text))).isEqualTo(new Outcome.HandedOver());
        StringBuilder heard = new StringBuilder();
        while (heard.length() < text.length()) {
            String line = bob.awaits(" PRIVMSG bob2 :");
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(510);
            heard.append(heard.isEmpty() ? "" : " ").append(line.substring(line.indexOf(" :") + 2));
        }
        assertThat(heard.toString()).isEqualTo(text);
    }

    @Test
    void anExtensionThatGoesAndComesIsDoneWithout() {
        IrcUser boss = operator("boss3");
        IrcUser bob = VILLAGE.user("bob3");
        Organisation contoso = VILLAGE.organisation("alice3").online();
        boss.sends("UNLOADMODULE ircv3_labeledresponse");
        boss.awaits(" 973 ");
        assertThat(contoso.outcome(contoso.says("bob3", "without labels"))).isEqualTo(new Outcome.HandedOver());
        assertThat(condition(contoso.outcome(contoso.says("nobody3", "nor here"))))
                .isEqualTo(Condition.RECIPIENT_UNAVAILABLE);
        boss.sends("LOADMODULE ircv3_labeledresponse");
        boss.awaits(" 975 ");
        assertThat(contoso.outcome(contoso.says("bob3", "with labels"))).isEqualTo(new Outcome.HandedOver());
        bob.awaits(" PRIVMSG bob3 :without labels");
        bob.awaits(" PRIVMSG bob3 :with labels");
    }

    @Test
    void anAccountProvesItselfByPassword() {
        enrolled("alice4", "secret4");
        Organisation contoso = VILLAGE.organisation("alice4")
                .withAccount(".password", "secret4")
                .online();
        assertThat(contoso.last()).isEqualTo("ONLINE ");
        IrcUser bob = VILLAGE.user("bob4");
        bob.sends("WHOIS alice4");
        bob.awaits(" 330 bob4 alice4 alice4 ");
    }

    @Test
    void aWrongPasswordIsTheAdministratorsBusiness() {
        enrolled("alice5", "secret5");
        Organisation contoso = VILLAGE.organisation("alice5")
                .withAccount(".password", PASSWORD)
                .connected();
        contoso.awaitStanding(AccountStatus.BAD_CREDENTIALS);
        assertThat(contoso.standings).hasSize(1).noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void anAccountProvesItselfByCertificate() throws GeneralSecurityException {
        Credential credential = VILLAGE.authority().issue(Leaf.of("alice6"));
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(credential.certificate().getEncoded());
        enrolled("alice6", "secret6");
        try (IrcUser owner = new IrcUser(VILLAGE.server().port(), "alice6")) {
            owner.says("NickServ", "IDENTIFY secret6");
            owner.awaits("NickServ", "You are now identified");
            owner.says("NickServ", "CERT ADD " + HexFormat.of().formatHex(digest));
            owner.awaits("NickServ", "Added fingerprint");
        }
        Organisation contoso = VILLAGE.organisation("alice6")
                .withAccount("certificate", credential.certificateFile().toString())
                .withAccount("key", credential.keyFile().toString())
                .online();
        assertThat(contoso.last()).isEqualTo("ONLINE ");
    }

    @Test
    void presenceIsToldAndForThoseBeyondTheServersLimitAskedFor() {
        IrcUser bob = VILLAGE.user("bob7");
        Organisation contoso = VILLAGE.organisation("alice7").online();
        List.of("bob7", "carol7", "dave7", "erin7", "frank7").forEach(contoso::watches);
        contoso.awaitPresence(document -> is(document, "bob7", Availability.AVAILABLE));
        contoso.awaitPresence(document -> isOffline(document, "frank7"));
        bob.sends("AWAY :gone fishing");
        assertThat(contoso.awaitPresence(document -> is(document, "bob7", Availability.AWAY))
                        .instances()
                        .get(0)
                        .notes()
                        .get(0)
                        .text())
                .isEqualTo("gone fishing");
        VILLAGE.user("carol7");
        contoso.awaitPresence(document -> is(document, "carol7", Availability.AVAILABLE));
        bob.sends("QUIT :bye");
        contoso.awaitPresence(document -> isOffline(document, "bob7"));
    }

    private static boolean is(PresenceDocument document, String nick, Availability availability) {
        return document.presentity().local().equals(nick)
                && document.instances().stream().anyMatch(instance -> instance.availability() == availability);
    }

    private static boolean isOffline(PresenceDocument document, String nick) {
        return document.presentity().local().equals(nick)
                && document.instances().isEmpty();
    }

    @Test
    void whoeverIsTheSameToTheNetworkAnswersByTheAddressItWasWrittenTo() {
        IrcUser bob = VILLAGE.user("BOB[w]");
        Organisation contoso = VILLAGE.organisation("alice8").online();
        assertThat(contoso.outcome(contoso.says("bob{w}", "hello"))).isEqualTo(new Outcome.HandedOver());
        bob.awaits(" PRIVMSG ", ":hello");
        bob.says("alice8", "hello yourself");
        contoso.awaitSaid("bob{w}: hello yourself");
    }

    @Test
    void whoIsWritingIsTold() {
        IrcUser bob = VILLAGE.user("bob9");
        bob.sends("CAP REQ :message-tags");
        bob.awaits(" ACK ");
        Organisation contoso = VILLAGE.organisation("alice9").online();
        contoso.onLane(account -> account.typing(
                Instance.anyOf(Organisation.ALICE),
                Instance.anyOf(Organisation.onNetwork("bob9")),
                "",
                Composing.COMPOSING));
        bob.awaits("+typing=active", " TAGMSG ");
        bob.sends("@+typing=paused TAGMSG alice9");
        Eventually.await("a pause", Organisation.PATIENCE, () -> contoso.typing.contains(Composing.PAUSED));
    }

    @Test
    void whoTakesTheNickBackReplacesTheAccount() {
        enrolled("alice10", "secret10");
        Organisation contoso = VILLAGE.organisation("alice10").online();
        IrcUser owner = VILLAGE.user("other10");
        owner.says("NickServ", "GHOST alice10 secret10");
        contoso.awaitStanding(AccountStatus.REPLACED);
    }

    @Test
    void anOperatorsKillIsAnsweredWithPatienceAndABanWithTheAdministrator() {
        IrcUser boss = operator("boss11");
        Organisation contoso = VILLAGE.organisation("alice11").online();
        boss.sends("KILL alice11 :enough");
        contoso.awaitStanding(AccountStatus.THROTTLED);
        boss.sends("GLINE alice11@* 1h :not you again");
        boss.sends("PING done11");
        boss.awaits(" PONG ", "done11");
        contoso.reconnect();
        contoso.awaitStanding(AccountStatus.BLOCKED);
    }

    @Test
    void manyMessagesAreNotTooManyForAServerThatEndsConnections() {
        IrcUser bob = VILLAGE.user("bob12");
        // A burst of ten and one a second is what this server allows (its threshold and commandrate).
        Organisation contoso = VILLAGE.organisation("alice12")
                .withNetwork("lineMillis", "1000")
                .online();
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(contoso.says("bob12", "number " + i));
        }
        for (int i = 0; i < 20; i++) {
            bob.awaits(" PRIVMSG bob12 :number " + i);
        }
        assertThat(outcomes.stream().map(contoso::outcome)).containsOnly(new Outcome.HandedOver());
        assertThat(contoso.last()).startsWith("ONLINE");
    }
}
