// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Ledgers of tests, and what they are asked to keep. */
final class Ledgers {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Ledgers() {}

    static Database embedded(Path folder) {
        return embedded(folder, "");
    }

    static Database embedded(Path folder, String parameters) {
        return new Database(
                Database.Kind.H2, "jdbc:h2:file:" + folder.resolve("ledger") + parameters, "drawbridge", "");
    }

    /** Opens a ledger without waiting. */
    static JdbcLedger open(Database database) {
        JdbcLedger ledger = new JdbcLedger(Clock.systemUTC());
        ledger.use(database);
        return ledger;
    }

    /** Returns what a ledger holds, as somebody learns who comes after a restart. */
    static Ledger.Content content(Database database) throws InterruptedException {
        try (JdbcLedger ledger = new JdbcLedger(Clock.systemUTC())) {
            BlockingQueue<Ledger.Content> read = new ArrayBlockingQueue<>(1);
            ledger.onOpened(read::add);
            ledger.use(database);
            Ledger.Content content = read.poll(20, TimeUnit.SECONDS);
            if (content == null) {
                throw new AssertionError("the ledger did not open");
            }
            return content;
        }
    }

    static Principal person(String local, String domain) {
        return Principal.of(local, DomainName.of(domain));
    }

    static Right right(int number) {
        return new Right(person("u" + number, "chat.example"), person("bob", "contoso.example"));
    }

    static Entitlement granted() {
        return new Entitlement(Phase.GRANTED, false, NOON, Instant.EPOCH, NOON.plusSeconds(1));
    }
}
