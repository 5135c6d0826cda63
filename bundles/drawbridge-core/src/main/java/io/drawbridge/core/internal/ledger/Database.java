// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A database the ledger can be kept in.
 *
 * @param kind which engine
 * @param url its JDBC URL
 * @param user its user
 * @param password the user's password; never shown
 */
record Database(Kind kind, String url, String user, String password) {
    /** Opens a connection that commits when told to. Blocks. */
    Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Connection connection = kind.connect(url, properties);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
        return connection;
    }

    /** Commits; afterwards what was written survives the death of the process and of the machine. Blocks. */
    void commit(Connection connection) throws SQLException {
        connection.commit();
        if (kind == Kind.H2) {
            // H2 writes what is committed to its file, and leaves it to the operating system when that reaches the
            // disk.
            try (Statement statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
            connection.commit();
        }
    }

    @Override
    public String toString() {
        int parameters = url.indexOf(kind == Kind.H2 ? ';' : '?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    /** The engines. */
    enum Kind {
        /** Embedded. */
        H2("jdbc:h2:file:") {
            @Override
            Connection connect(String url, Properties properties) throws SQLException {
                // Without a delay, a commit is in the file when it returns.
                return new org.h2.Driver().connect(url + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", properties);
            }
        },
        /** A server of its own. */
        POSTGRESQL("jdbc:postgresql:") {
            @Override
            Connection connect(String url, Properties properties) throws SQLException {
                properties.setProperty("ApplicationName", "drawbridge");
                properties.setProperty("connectTimeout", "5");
                properties.setProperty("loginTimeout", "5");
                properties.setProperty("socketTimeout", "10");
                properties.setProperty("tcpKeepAlive", "true");
                return driver().connect(url, properties);
            }

            /** By its name, because an appliance that embeds its ledger does without the driver. */
            private Driver driver() throws SQLException {
                try {
                    return Class.forName("org.postgresql.Driver")
                            .asSubclass(Driver.class)
                            .getConstructor()
                            .newInstance();
                } catch (ReflectiveOperationException missing) {
                    throw new SQLException("the bundle org.postgresql.jdbc is not installed", missing);
                }
            }
        };

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** Returns how its URLs begin. */
        String prefix() {
            return prefix;
        }

        abstract Connection connect(String url, Properties properties) throws SQLException;
    }
}
