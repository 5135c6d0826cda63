// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.home.Question;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Instance;
import io.drawbridge.api.model.PresenceDocument;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of the ledger, in words that H2 and PostgreSQL both understand. */
final class LedgerTables {
    /** How many aliases are kept, the newest. */
    static final int MOST_ALIASES = 100_000;

    private final Connection connection;
    private final List<Unreadable.Row> changed = new ArrayList<>();

    /** Takes the connection to where they are; the caller commits. */
    LedgerTables(Connection connection) {
        this.connection = connection;
    }

    /** Returns the rows that were written or deleted here. */
    List<Unreadable.Row> changed() {
        return changed;
    }

    private void changes(String table, Object first, Object second) {
        changed.add(new Unreadable.Row(table, first.toString(), second.toString()));
    }

    void write(Right right, Entitlement entitlement) throws SQLException {
        changes("rights", right.watcher(), right.presentity());
        if (entitlement.equals(Entitlement.NONE)) {
            run(
                    "delete from rights where watcher = ? and presentity = ?",
                    right.watcher().toString(),
                    right.presentity().toString());
            return;
        }
        Object[] values = {
            entitlement.phase().name(),
            entitlement.preApproved(),
            entitlement.asked().toEpochMilli(),
            entitlement.refused().toEpochMilli(),
            entitlement.seen().toEpochMilli(),
            right.watcher().toString(),
            right.presentity().toString()
        };
        int found = run(
                "update rights set phase = ?, pre_approved = ?, asked = ?, refused = ?, seen = ?"
                        + " where watcher = ? and presentity = ?",
                values);
        if (found == 0) {
            run(
                    "insert into rights (phase, pre_approved, asked, refused, seen, watcher, presentity)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    values);
        }
    }

    void write(Right right, PresenceDocument shown) throws SQLException {
        changes("shown", right.watcher(), right.presentity());
        Object[] values = {
            PresenceCodec.write(shown),
            right.watcher().toString(),
            right.presentity().toString()
        };
        if (run("update shown set document = ? where watcher = ? and presentity = ?", values) == 0) {
            run("insert into shown (document, watcher, presentity) values (?, ?, ?)", values);
        }
    }

    void forgetShown(Right right) throws SQLException {
        changes("shown", right.watcher(), right.presentity());
        run(
                "delete from shown where watcher = ? and presentity = ?",
                right.watcher().toString(),
                right.presentity().toString());
    }

    void write(Alias alias, Instance instance, Instant now) throws SQLException {
        changes("aliases", alias.principal(), alias.name());
        Object[] values = {instance.id(), now.toEpochMilli(), alias.principal().toString(), alias.name()};
        if (run("update aliases set instance = ?, noted = ? where principal = ? and alias = ?", values) == 0) {
            run("insert into aliases (instance, noted, principal, alias) values (?, ?, ?, ?)", values);
        }
    }

    void write(Consent consent, Instant now) throws SQLException {
        changes("consents", consent.user(), consent.watcher());
        Object[] values = {
            now.toEpochMilli(), consent.user().toString(), consent.watcher().toString()
        };
        if (run("update consents set given = ? where presentity = ? and watcher = ?", values) == 0) {
            run("insert into consents (given, presentity, watcher) values (?, ?, ?)", values);
        }
    }

    void forgetConsents(Address user) throws SQLException {
        changes("consents", user, "");
        changes("questions", user, "");
        run("delete from consents where presentity = ?", user.toString());
        run("delete from questions where presentity = ?", user.toString());
    }

    void write(Question question) throws SQLException {
        forget(question);
        run(
                "insert into questions (presentity, watcher, origin, display_name, asked) values (?, ?, ?, ?, ?)",
                question.user().toString(),
                question.watcher().toString(),
                question.origin().name(),
                question.displayName(),
                question.since().toEpochMilli());
    }

    void forget(Question question) throws SQLException {
        changes("questions", question.user(), question.watcher());
        run(
                "delete from questions where presentity = ? and watcher = ?",
                question.user().toString(),
                question.watcher().toString());
    }

    /**
     * Reads everything that can be read.
     *
     * @param unreadable is told which rows are left out, and why
     */
    Ledger.Content read(Unreadable unreadable) throws SQLException {
        Map<Right, Entitlement> rights = new HashMap<>();
        Map<Right, PresenceDocument> shown = new HashMap<>();
        Map<Alias, Instance> aliases = new HashMap<>();
        Set<Consent> consents = new HashSet<>();
        List<Question> questions = new ArrayList<>();
        Rows rows = new Rows(unreadable);
        rows.read(
                "rights",
                "watcher, presentity, phase, pre_approved, asked, refused, seen",
                "",
                row -> rights.put(right(row), entitlement(row)));
        rows.read(
                "shown",
                "watcher, presentity, document",
                "",
                row -> shown.put(right(row), PresenceCodec.read(principal(row.getString(2)), row.getBytes(3))));
        rows.read("aliases", "principal, alias, instance", "order by noted desc limit " + MOST_ALIASES, row -> {
            Principal principal = principal(row.getString(1));
            aliases.put(new Alias(principal, row.getString(2)), new Instance(principal, row.getString(3)));
        });
        rows.read(
                "consents",
                "presentity, watcher",
                "",
                row -> consents.add(new Consent(Address.of(row.getString(1)), Address.of(row.getString(2)))));
        rows.read(
                "questions",
                "presentity, watcher, origin, display_name, asked",
                "order by asked",
                row -> questions.add(question(row)));
        return new Ledger.Content(rights, shown, aliases, consents, questions);
    }

    /** Takes what one row says. */
    private interface Reader {
        void read(ResultSet row) throws SQLException, IOException;
    }

    /** Reads tables whose first two columns are the key; a row that cannot be read hides no other. */
    private final class Rows {
        private final Unreadable unreadable;

        Rows(Unreadable unreadable) {
            this.unreadable = unreadable;
        }

        void read(String table, String columns, String order, Reader reader) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select " + columns + " from " + table + " " + order)) {
                while (row.next()) {
                    try {
                        reader.read(row);
                    } catch (IllegalArgumentException | IOException unfit) {
                        String[] key = columns.split(", ", 3);
                        Unreadable.Row left = new Unreadable.Row(table, row.getString(1), row.getString(2));
                        String name = "%s with %s '%s' and %s '%s': %s"
                                .formatted(table, key[0], left.first(), key[1], left.second(), unfit.getMessage());
                        unreadable.add(left, name.replaceAll("\\p{Cntrl}", " "));
                    }
                }
            }
        }
    }

    private static Question question(ResultSet row) throws SQLException {
        return new Question(
                Address.of(row.getString(1)),
                Address.of(row.getString(2)),
                Question.Origin.valueOf(row.getString(3)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private static Entitlement entitlement(ResultSet row) throws SQLException {
        return new Entitlement(
                Phase.valueOf(row.getString(3)),
                row.getBoolean(4),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)));
    }

    private static Right right(ResultSet row) throws SQLException {
        return new Right(principal(row.getString(1)), principal(row.getString(2)));
    }

    private static Principal principal(String text) {
        int at = text.lastIndexOf('@');
        return new Principal(at < 0 ? "" : text.substring(0, at), new DomainName(text.substring(at + 1)));
    }

    private int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
