// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static io.drawbridge.core.internal.ledger.Ledgers.NOON;
import static io.drawbridge.core.internal.ledger.Ledgers.granted;
import static io.drawbridge.core.internal.ledger.Ledgers.person;
import static io.drawbridge.core.internal.ledger.Ledgers.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Availability;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.InstancePresence;
import io.drawbridge.api.model.Note;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger promises whatever database it is kept in. */
abstract class LedgerContract {
    abstract Database database() throws Exception;

    private static void kept(CompletableFuture<Void> write) throws Exception {
        write.get(20, TimeUnit.SECONDS);
    }

    private static void keep(JdbcLedger ledger, Right right, Entitlement entitlement) throws Exception {
        // A step fails at once while the database is being opened, so the first one is repeated as its sender would.
        for (int attempt = 0; attempt < 200; attempt++) {
            try {
                kept(ledger.keep(right, entitlement).toCompletableFuture());
                return;
            } catch (ExecutionException notOpen) {
                assertThat(notOpen.getCause()).isInstanceOf(LedgerFailure.class);
            }
        }
        throw new AssertionError("the ledger did not open");
    }

    @Test
    void anEmptyDatabaseBecomesALedgerThatHoldsNothing() throws Exception {
        assertThat(Ledgers.content(database()))
                .isEqualTo(new Ledger.Content(Map.of(), Map.of(), Map.of(), Set.of(), List.of()));
    }

    @Test
    void everythingOfARightComesBack() throws Exception {
        Entitlement full = new Entitlement(Phase.REQUESTED, true, NOON, NOON.plusMillis(1), NOON.plusMillis(2));
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            kept(ledger.keep(right(2), granted()).toCompletableFuture());
            kept(ledger.keep(right(2), full).toCompletableFuture());
            kept(ledger.keep(right(3), granted()).toCompletableFuture());
            kept(ledger.keep(right(3), Entitlement.NONE).toCompletableFuture());
        }
        assertThat(Ledgers.content(database()).rights()).isEqualTo(Map.of(right(1), granted(), right(2), full));
    }

    @Test
    void whatMayBeLateIsWrittenBeforeTheEnd() throws Exception {
        InstancePresence phone = new InstancePresence(
                "téléphone/1",
                Availability.IN_MEETING,
                List.of(new Note("de", "bin gleich zurück"), new Note("", "\uD83D\uDE00")),
                Optional.of(-5),
                Optional.of(NOON));
        PresenceDocument shown = new PresenceDocument(
                right(1).presentity(), List.of(phone, InstancePresence.of("", Availability.OFFLINE)));
        Instance balcony = new Instance(person("romeo", "chat.example"), "my phone/2");
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            ledger.keepLater(right(1), granted().seenAt(NOON.plusSeconds(9)));
            ledger.keepLater(right(1), Optional.of(PresenceDocument.offline(right(1).presentity())));
            ledger.keepLater(right(1), Optional.of(shown));
            ledger.keepLater(right(2), Optional.of(shown));
            ledger.keepLater(right(2), Optional.<PresenceDocument>empty());
            ledger.keepLater("ID--254b6b43ca335c871ec55f1db00e9cc6", balcony);
        }
        Ledger.Content content = Ledgers.content(database());
        assertThat(content.rights()).containsEntry(right(1), granted().seenAt(NOON.plusSeconds(9)));
        assertThat(content.presence()).isEqualTo(Map.of(right(1), shown));
        assertThat(content.aliases())
                .isEqualTo(Map.of(new Alias(balcony.principal(), "ID--254b6b43ca335c871ec55f1db00e9cc6"), balcony));
    }

    @Test
    void aLateWriteNeverOverwritesANewerStep() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            for (int i = 0; i < 100; i++) {
                ledger.keepLater(right(1), granted().seenAt(NOON.plusSeconds(i)));
                kept(ledger.keep(right(1), Entitlement.NONE).toCompletableFuture());
            }
        }
        assertThat(Ledgers.content(database()).rights()).isEmpty();
    }

    @Test
    void theLongestAddressesFit() throws Exception {
        String local = "ü".repeat(511);
        String domain = ("d".repeat(60) + ".").repeat(4) + "example";
        Principal longest = person(local, domain);
        Right both = new Right(longest, person("ö".repeat(511), domain));
        Instance instance = new Instance(longest, "☺".repeat(1023));
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, both, granted());
            ledger.keepLater("a".repeat(255), instance);
        }
        Ledger.Content content = Ledgers.content(database());
        assertThat(content.rights()).containsOnlyKeys(both);
        assertThat(content.aliases()).containsEntry(new Alias(longest, "a".repeat(255)), instance);
    }

    @Test
    void manyStepsAtOnceAreKeptInOrder() throws Exception {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(0), granted());
            for (int i = 0; i < 5000; i++) {
                Entitlement at = granted().seenAt(NOON.plusSeconds(i));
                writes.add(ledger.keep(right(i % 100), at).toCompletableFuture());
            }
            kept(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)));
        }
        Map<Right, Entitlement> rights = Ledgers.content(database()).rights();
        assertThat(rights).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(rights.get(right(i)).seen()).isEqualTo(NOON.plusSeconds(4900 + i));
        }
    }

    @Test
    void whomAUserLetsSeeThemComesBackUntilTheUserIsForgotten() throws Exception {
        Address alice = Address.of("alice@contoso.example");
        Consent first = new Consent(alice, Address.of("bob@chat.example"));
        Consent second = new Consent(alice, Address.of("carol%40x@chat.example"));
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            kept(ledger.keep(first).toCompletableFuture());
            kept(ledger.keep(first).toCompletableFuture());
            kept(ledger.keep(second).toCompletableFuture());
        }
        assertThat(Ledgers.content(database()).consents()).containsExactlyInAnyOrder(first, second);
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            kept(ledger.forgetConsents(alice).toCompletableFuture());
        }
        assertThat(Ledgers.content(database()).consents()).isEmpty();
    }

    @Test
    void whoWaitsForAWordOfAUserComesBackUntilItIsSaidOrTheUserIsForgotten() throws Exception {
        Address alice = Address.of("alice@contoso.example");
        Address bob = Address.of("bob@contoso.example");
        Question first = question(alice, "eve@chat.example", 1);
        Question second = question(alice, "ö".repeat(511) + "@" + ("d".repeat(60) + ".").repeat(4) + "example", 2);
        Question third = question(bob, "eve@chat.example", 3);
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            List.of(third, question(alice, "eve@chat.example", 0), second, first)
                    .forEach(ledger::keepLater);
        }
        assertThat(Ledgers.content(database()).questions()).containsExactly(first, second, third);
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            ledger.forgetLater(first);
            kept(ledger.forgetConsents(bob).toCompletableFuture());
        }
        assertThat(Ledgers.content(database()).questions()).containsExactly(second);
    }

    private static Question question(Address user, String watcher, int second) {
        return new Question(
                user, Address.of(watcher), Question.Origin.UNVERIFIED, "☺".repeat(200), NOON.plusSeconds(second));
    }

    @Test
    void aRowThatCannotBeReadHidesNoOtherAndIsNamed() throws Exception {
        Address alice = Address.of("alice@contoso.example");
        Consent consent = new Consent(alice, Address.of("bob@chat.example"));
        Question question = question(alice, "eve@chat.example", 1);
        Instance phone = new Instance(person("romeo", "chat.example"), "phone");
        PresenceDocument shown = PresenceDocument.offline(right(1).presentity());
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            kept(ledger.keep(consent).toCompletableFuture());
            ledger.keepLater(right(1), Optional.of(shown));
            ledger.keepLater("known", phone);
            ledger.keepLater(question);
        }
        execute(
                "insert into rights values ('eve@chat.example', 'bob@contoso.example', 'RUMOUR', false, 0, 0, 0)",
                "insert into rights values ('eve@-', 'bob@contoso.example', 'GRANTED', false, 0, 0, 0)",
                "insert into shown select watcher, 'bob@-', document from shown",
                "insert into aliases values ('romeo@-', 'known', 'phone', 0)",
                "insert into consents values ('alice@contoso.example', 'nobody', 0)",
                "insert into questions values ('alice@contoso.example', 'mallory@chat.example', 'RUMOUR', '', 0)",
                "insert into questions values ('alice@contoso.example', 'nobody', 'INSIDE', '', 0)");
        try (JdbcLedger ledger = new JdbcLedger(Clock.systemUTC())) {
            CompletableFuture<Ledger.Content> told = new CompletableFuture<>();
            ledger.onOpened(told::complete);
            ledger.use(database());
            assertThat(told.get(20, TimeUnit.SECONDS))
                    .isEqualTo(new Ledger.Content(
                            Map.of(right(1), granted()),
                            Map.of(right(1), shown),
                            Map.of(new Alias(phone.principal(), "known"), phone),
                            Set.of(consent),
                            List.of(question)));
            keep(ledger, right(2), granted());
            assertThat(ledger.status().unreadable())
                    .hasSize(7)
                    .anySatisfy(row -> assertThat(row)
                            .contains("rights", "watcher 'eve@chat.example'", "'bob@contoso.example'", "RUMOUR"))
                    .anySatisfy(row -> assertThat(row).contains("aliases", "romeo@-"));
        }
    }

    @Test
    void ofManyRowsThatCannotBeReadTheFirstAreNamed() throws Exception {
        Ledgers.content(database());
        execute(IntStream.range(0, 30)
                .mapToObj(i -> "insert into consents values ('alice@contoso.example', 'nobody" + i + "', 0)")
                .toArray(String[]::new));
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            CompletableFuture<Ledger.Content> told = new CompletableFuture<>();
            ledger.onOpened(told::complete);
            told.get(20, TimeUnit.SECONDS);
            assertThat(ledger.status().unreadable()).hasSize(11).last().isEqualTo("and 20 more");
        }
    }

    @Test
    void aRowThatIsWrittenAnewOrDeletedIsLeftOutNoLonger() throws Exception {
        Address alice = Address.of("alice@contoso.example");
        Ledgers.content(database());
        execute(
                "insert into rights values ('" + right(1).watcher() + "', '" + right(1).presentity()
                        + "', 'RUMOUR', false, 0, 0, 0)",
                "insert into rights values ('eve@-', 'bob@contoso.example', 'GRANTED', false, 0, 0, 0)",
                "insert into consents values ('alice@contoso.example', 'nobody', 0)");
        try (JdbcLedger ledger = Ledgers.open(database())) {
            CompletableFuture<Ledger.Content> told = new CompletableFuture<>();
            ledger.onOpened(told::complete);
            told.get(20, TimeUnit.SECONDS);
            assertThat(ledger.status().unreadable()).hasSize(3);
            keep(ledger, right(1), granted());
            assertThat(ledger.status().unreadable()).hasSize(2).noneMatch(row -> row.contains("RUMOUR"));
            kept(ledger.forgetConsents(alice).toCompletableFuture());
            assertThat(ledger.status().unreadable()).singleElement().asString().contains("eve@-");
        }
    }

    @Test
    void aChangeThatTheDatabaseCannotTakeCostsNoOther() throws Exception {
        PresenceDocument shown = PresenceDocument.offline(right(1).presentity());
        Instance phone = new Instance(person("romeo", "chat.example"), "phone");
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            ledger.keepLater("far too long".repeat(100), phone);
            ledger.keepLater(right(1), Optional.of(shown));
            ledger.keepLater("known", phone);
            kept(ledger.keep(right(2), granted()).toCompletableFuture());
            assertThat(ledger.isOpen()).isTrue();
        }
        Ledger.Content content = Ledgers.content(database());
        assertThat(content.rights()).containsOnlyKeys(right(1), right(2));
        assertThat(content.presence()).isEqualTo(Map.of(right(1), shown));
        assertThat(content.aliases()).isEqualTo(Map.of(new Alias(phone.principal(), "known"), phone));
    }

    private void execute(String... changes) throws Exception {
        Database database = database();
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.execute(change);
            }
            database.commit(connection);
        }
    }

    @Test
    void aLedgerOfTheFirstReleaseIsBroughtToThisOneWithItsRights() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
        }
        execute(
                "drop table consents",
                "drop table questions",
                "delete from ledger_schema where version > 1",
                "insert into ledger_schema (version) values (1)");
        assertThat(Ledgers.content(database()).rights()).containsOnlyKeys(right(1));
        assertThat(Ledgers.content(database()).consents()).isEmpty();
    }

    @Test
    void anApplianceThatDiedWhileItMadeItsTablesMakesTheRest() throws Exception {
        Ledgers.content(database());
        execute("drop table shown", "drop table questions", "delete from ledger_schema");
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
        }
        assertThat(Ledgers.content(database()).rights()).containsOnlyKeys(right(1));
    }

    @Test
    void aLedgerOfANewerApplianceIsNotTouched() throws Exception {
        Ledgers.content(database());
        execute("insert into ledger_schema (version) values (99)");
        try (JdbcLedger ledger = Ledgers.open(database())) {
            assertThatThrownBy(() -> ledger.keep(right(1), granted())
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LedgerFailure.class);
            assertThat(ledger.isOpen()).isFalse();
        }
    }

    @Test
    void whoComesLaterIsToldWhatTheLedgerHolds() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(1), granted());
            CompletableFuture<Ledger.Content> told = new CompletableFuture<>();
            ledger.onOpened(told::complete);
            assertThat(told.get(20, TimeUnit.SECONDS).rights()).isEqualTo(Map.of(right(1), granted()));
        }
    }

    @Test
    void whoComesAfterAStepIsToldWithItAndOnce() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            keep(ledger, right(0), granted());
            BlockingQueue<Ledger.Content> told = new LinkedBlockingQueue<>();
            for (int i = 1; i <= 2000; i++) {
                ledger.keep(right(i), granted());
            }
            ledger.onOpened(told::add);
            assertThat(told.poll(60, TimeUnit.SECONDS).rights()).containsKeys(right(1), right(2000));
            CompletableFuture<Ledger.Content> next = new CompletableFuture<>();
            ledger.onOpened(next::complete);
            next.get(20, TimeUnit.SECONDS);
            assertThat(told).isEmpty();
        }
    }
}
