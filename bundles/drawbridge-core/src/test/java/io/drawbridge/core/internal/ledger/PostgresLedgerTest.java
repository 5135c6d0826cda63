// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static io.drawbridge.core.internal.ledger.Ledgers.granted;
import static io.drawbridge.core.internal.ledger.Ledgers.right;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger in a PostgreSQL server. */
final class PostgresLedgerTest extends LedgerContract {
    private static PostgresServer server;
    private static int databases;

    private Database database;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void create() throws Exception {
        database = server.fresh("ledger_" + ++databases);
    }

    @Override
    Database database() {
        return database;
    }

    @Test
    void stepsFailWhileTheServerIsDownAndWorkWhenItIsBackAndNothingIsLost() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database)) {
            CompletableFuture<Ledger.Content> opened = new CompletableFuture<>();
            ledger.onOpened(opened::complete);
            opened.get(20, TimeUnit.SECONDS);
            assertThat(isKept(ledger, 1)).isTrue();
            server.crash();
            assertThat(isKept(ledger, 2)).isFalse();
            assertThat(ledger.isOpen()).isFalse();
            server.start();
            long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!isKept(ledger, 3)) {
                assertThat(System.nanoTime()).isLessThan(giveUp);
            }
        }
        assertThat(Ledgers.content(database).rights()).containsOnlyKeys(right(1), right(3));
    }

    @Test
    void aServerThatWasRestartedBetweenTwoStepsCostsNoStep() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database)) {
            CompletableFuture<Ledger.Content> opened = new CompletableFuture<>();
            ledger.onOpened(opened::complete);
            opened.get(20, TimeUnit.SECONDS);
            assertThat(isKept(ledger, 1)).isTrue();
            server.crash();
            server.start();
            assertThat(isKept(ledger, 2)).isTrue();
        }
        assertThat(Ledgers.content(database).rights()).containsOnlyKeys(right(1), right(2));
    }

    private static boolean isKept(JdbcLedger ledger, int number) throws Exception {
        try {
            ledger.keep(right(number), granted()).toCompletableFuture().get(30, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(LedgerFailure.class);
            return false;
        }
    }
}
