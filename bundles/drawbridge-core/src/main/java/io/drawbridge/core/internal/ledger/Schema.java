// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and the steps from each version of them to the next. A step is never changed once it was released. The embedded
 * database commits each statement of a step by itself, so a step that was broken off can be taken again.
 */
final class Schema {
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    "create table if not exists rights (watcher varchar(1400) not null, presentity varchar(1400) not null,"
                            + " phase varchar(16) not null, pre_approved boolean not null, asked bigint not null,"
                            + " refused bigint not null, seen bigint not null, primary key (watcher, presentity))",
                    "create table if not exists shown (watcher varchar(1400) not null, presentity varchar(1400) not null,"
                            + " document bytea not null, primary key (watcher, presentity))",
                    "create table if not exists aliases (principal varchar(1400) not null, alias varchar(255) not null,"
                            + " instance varchar(1100) not null, noted bigint not null, primary key (principal, alias))"),
            List.of(
                    "create table if not exists consents (presentity varchar(1400) not null, watcher varchar(1400) not null,"
                            + " given bigint not null, primary key (presentity, watcher))"),
            List.of(
                    "create table if not exists questions (presentity varchar(1400) not null, watcher varchar(1400) not null,"
                            + " origin varchar(16) not null, display_name varchar(300) not null, asked bigint not null,"
                            + " primary key (presentity, watcher))"));

    private Schema() {}

    /**
     * Brings a database to the newest version; the caller commits.
     *
     * @throws SQLException also if the database was written by a newer appliance
     */
    static void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists ledger_schema (version integer not null)");
            int version = version(statement);
            if (version > STEPS.size()) {
                throw new SQLException("the ledger is of version " + version + ", this appliance knows only "
                        + STEPS.size() + ": it was used by a newer one");
            }
            for (int step = version; step < STEPS.size(); step++) {
                for (String sql : STEPS.get(step)) {
                    statement.execute(sql);
                }
            }
            if (version < STEPS.size()) {
                remember(connection);
            }
        }
    }

    /**
     * Writes something that changes nothing, since what can be read cannot always be written; the caller commits.
     *
     * @throws SQLException if nothing can be written, as on a full disk
     */
    static void prove(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update ledger_schema set version = version");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select max(version) from ledger_schema")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void remember(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into ledger_schema (version) values (?)")) {
            insert.setInt(1, STEPS.size());
            insert.executeUpdate();
        }
    }
}
