// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.model.Body;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Message;
import io.drawbridge.api.model.Principal;
import io.drawbridge.api.model.Receipt;
import io.drawbridge.api.provider.Account;
import io.drawbridge.api.provider.AccountSettings;
import io.drawbridge.api.provider.ProviderDescription;
import io.drawbridge.api.provider.Setting;
import io.drawbridge.testkit.Journal.Callee;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What becomes of messages of own users. */
abstract class DeliveryClauses extends StagedClauses {
    private static final Duration MOMENT = Duration.ofMillis(500);

    DeliveryClauses(ProviderContract vendor) {
        super(vendor);
    }

    private int heard(String text) {
        return (int) vendor().heard().stream().filter(text::equals).count();
    }

    private void awaitHeard(String text) {
        stage().await("the contact to hear '" + abridged(text) + "'", () -> heard(text) > 0);
    }

    private static String abridged(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** After whatever happened a message of another conversation passes. */
    private void requireLife() {
        stage().says(Stage.ALICE, "still there");
        awaitHeard("still there");
        stage().judge();
    }

    @Test
    @Clause(
            rule = "A delivery has one outcome, in time, and what was delivered was heard once",
            written = Account.class,
            remedy =
                    "complete the stage when the network took the message, or with Failed when it did not; never twice")
    void aMessageIsHeardOnceAndItsSenderTold() {
        stage().signedIn(Stage.ALICE);
        stage().says(Stage.ALICE, "hello");
        awaitHeard("hello");
        stage().linger(MOMENT);
        Finding.unless(heard("hello") == 1, "the contact heard the message %d times", heard("hello"));
        stage().judge();
    }

    @Test
    @Clause(
            rule = "deliver() returns at once, however much there is to deliver",
            written = Account.class,
            remedy = "send on a thread of your own or by non-blocking I/O, and complete the stage when that is done")
    void deliverNeverBlocks() {
        stage().signedIn(Stage.ALICE);
        for (int i = 0; i < 3; i++) {
            stage().say(Stage.ALICE, "number " + i);
        }
        stage().await(
                        "three calls of deliver()",
                        () -> stage().journal().calls(Callee.PLUGIN, "deliver").stream()
                                        .filter(Journal.Call::hasEnded)
                                        .count()
                                == 3);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "Messages of one sender to one recipient keep their order",
            written = Account.class,
            remedy = "send in the order of the calls: one queue for each connection, no thread for each message")
    void messagesKeepTheirOrder() {
        stage().signedIn(Stage.ALICE);
        List<String> said = new ArrayList<>();
        List<CompletableFuture<DeliveryOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < Math.min(vendor().messagesPerSecond(), 100); i++) {
            said.add("number " + i);
            outcomes.add(stage().say(Stage.ALICE, "number " + i));
        }
        outcomes.forEach(stage()::outcome);
        stage().await("all messages to be heard", () -> vendor().heard().containsAll(said));
        List<String> heard =
                vendor().heard().stream().filter(said::contains).distinct().toList();
        Finding.unless(heard.equals(said), "the contact heard %s", heard);
        stage().judge();
    }

    @Test
    @Clause(
            rule = "A message as long as longestMessage() says is delivered whole, or fails; it is never cut",
            written = ProviderDescription.class,
            remedy = "declare what the network takes; Drawbridge refuses longer messages before they reach you")
    void theLongestMessageIsNotCut() {
        stage().signedIn(Stage.ALICE);
        int octets = Math.min(vendor().described().longestMessage(), 1 << 20);
        String text = "é".repeat(octets / 2) + "x".repeat(octets % 2);
        DeliveryOutcome outcome = stage().outcome(stage().say(Stage.ALICE, text));
        if (!(outcome instanceof DeliveryOutcome.Failed)) {
            stage().await("the long message to be heard", () -> !vendor().heard()
                    .isEmpty());
            stage().comes(vendor().patience(), () -> !vendor().arrivesInLines() || isWhole(text));
            Finding.unless(
                    isWhole(text),
                    "of a message of %d octets the contact heard %s",
                    octets,
                    vendor().heard().stream()
                            .map(part -> part.getBytes(StandardCharsets.UTF_8).length)
                            .toList());
        }
        requireLife();
    }

    private boolean isWhole(String text) {
        return vendor().arrivesInLines() ? String.join("", vendor().heard()).equals(text) : heard(text) == 1;
    }

    @Test
    @Clause(
            rule = "Text is content: whatever it holds, one message stays one message",
            written = Account.class,
            remedy =
                    "escape what your protocol gives a meaning, or answer Failed(NOT_ACCEPTABLE); where every message is"
                            + " one line, override arrivesInLines()")
    void noTextBreaksOutOfItsMessage() {
        stage().signedIn(Stage.ALICE);
        List<String> lines = List.of("one", "QUIT", "PRIVMSG x :two");
        List<String> hostile = List.of(
                lines.get(0) + "\n" + lines.get(1) + "\r\n" + lines.get(2),
                "bell\u0007 escape\u001B[2J nul\u0000 delete\u007F",
                "half a pair \uD800, and the other \uDC00 half",
                "right\u202Eto left, zero\u200Bwidth, \uFEFFmark",
                "<b>&amp;</b> ${x} %s %n \\ ' \" ]]> -->",
                " ",
                "");
        hostile.forEach(text -> stage().outcome(stage().say(Stage.ALICE, text)));
        requireLife();
        int most = hostile.size() + 1 + (vendor().arrivesInLines() ? lines.size() - 1 : 0);
        Finding.unless(
                vendor().heard().size() <= most,
                "%d messages were said, and the contact heard %s",
                hostile.size() + 1,
                vendor().heard());
        List<String> alone = vendor().heard().stream()
                .filter(text -> lines.contains(text) || text.equals("two"))
                .toList();
        Finding.unless(
                alone.isEmpty() || (vendor().arrivesInLines() && alone.equals(lines)),
                "of a message of three lines these arrived as messages of their own: %s",
                alone);
    }

    @Test
    @Clause(
            rule =
                    "A message may have everything that Message knows: a subject, several bodies, a date, what it replaces",
            written = Message.class,
            remedy =
                    "take what the network can show and leave the rest; the first body is plain enough for every network")
    void aMessageWithEverythingHarmsNothing() {
        stage().signedIn(Stage.ALICE);
        for (Message.Style style : Message.Style.values()) {
            Message rich = new Message(
                    "id\"<>& " + "é".repeat(200),
                    "",
                    style,
                    "A subject\nof two lines",
                    List.of(
                            new Body(Body.PLAIN, "en", "in " + style),
                            new Body("text/html", "de", "<p>in <b>HTML</b></p>"),
                            new Body("application/x-unheard-of", "", "\uD800")),
                    Set.of(Receipt.Kind.values()),
                    Optional.of("an id nobody knows"),
                    Optional.of(Instant.EPOCH));
            stage().outcome(stage().say(Stage.ALICE, vendor().contactPrincipal(), rich));
        }
        requireLife();
    }

    @Test
    @Clause(
            rule = "Any principal at the provider's domains may be written to; whom the network cannot name fails",
            written = Account.class,
            remedy =
                    "answer Failed(ITEM_NOT_FOUND) or Failed(JID_MALFORMED); write no address into a protocol unescaped")
    void anyRecipientIsWrittenToOrFails() {
        stage().signedIn(Stage.ALICE);
        DomainName domain = vendor().contactPrincipal().domain();
        List<String> locals = List.of(
                "",
                " ",
                "nobody-of-this-name",
                "two words",
                "a,b;c:d/e",
                "\"'<>&\\%",
                "@",
                "émile😀",
                "x".repeat(1023));
        for (String local : locals) {
            stage().outcome(stage().say(
                            Stage.ALICE,
                            new Principal(local, domain),
                            Message.chat("to-" + local.length(), "", "to " + locals.indexOf(local))));
        }
        requireLife();
    }

    @Test
    @Clause(
            rule = "What own users write goes out in their own name",
            written = Account.class,
            remedy = "keep what belongs to an account in its Account object; nothing of it is static")
    void usersAreKeptApart() {
        stage().signedIn(Stage.ALICE, Stage.BOB);
        vendor().contactSays(Stage.ALICE.toString(), "for alice");
        vendor().contactSays(Stage.BOB.toString(), "for bob");
        stage().await(
                        "each user to hear the contact",
                        () -> !stage().arrived(Stage.ALICE).isEmpty()
                                && !stage().arrived(Stage.BOB).isEmpty());
        stage().linger(MOMENT);
        Finding.unless(
                stage().arrived(Stage.ALICE).stream().map(Stage::text).allMatch("for alice"::equals)
                        && stage().arrived(Stage.BOB).stream().map(Stage::text).allMatch("for bob"::equals),
                "what was for one came to the other: %s",
                stage().brought());
        stage().judge();
    }

    @Test
    @Clause(
            rule = "Outcomes and details are shown to people: they hold no secret, and neither does the log",
            written = AccountSettings.class,
            remedy =
                    "never print settings, nor what the protocol sends while it signs in; name the account by its name")
    void secretsAreNotShown() {
        List<String> secrets = vendor().described().accountSettings().stream()
                .filter(setting -> setting.type() == Setting.Type.SECRET)
                .map(setting -> vendor().accountSettings(Stage.ALICE.toString()).getOrDefault(setting.key(), ""))
                .filter(secret -> secret.length() >= 4)
                .toList();
        Assumptions.assumeFalse(secrets.isEmpty(), "accountSettings() holds no secret of four characters or more");
        stage().signedIn(Stage.ALICE);
        stage().outcome(stage().say(Stage.ALICE, "hello"));
        String shown = stage().plugged().opened() + " " + stage().plugged().provider() + " "
                + stage().journal().calls(Callee.CONTEXT, "status").stream()
                        .map(Journal.Call::arguments)
                        .toList();
        stage().unplug();
        for (String secret : secrets) {
            Finding.unless(!shown.contains(secret), "a secret is in a status or in toString()");
            Finding.unless(!vendor().output().text().contains(secret), "a secret was printed or logged");
        }
        stage().judge();
    }
}
