// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static io.drawbridge.core.internal.ledger.Ledgers.granted;
import static io.drawbridge.core.internal.ledger.Ledgers.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.api.directory.LedgerStatus;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Right;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in the embedded database. */
final class EmbeddedLedgerTest extends LedgerContract {
    @TempDir
    private Path folder;

    @Override
    Database database() {
        return Ledgers.embedded(folder);
    }

    @Test
    void everyStepThatWasAcknowledgedSurvivesKillMinus9() throws Exception {
        for (int round = 0; round < 3; round++) {
            int acknowledged = killAfter(200, "", 0);
            Map<Right, Entitlement> rights = Ledgers.content(database()).rights();
            for (int i = 0; i < acknowledged; i++) {
                assertThat(rights).containsEntry(right(i), granted());
            }
        }
    }

    /**
     * The database writes where it wrote before once that has been of no use for 45 seconds; here at once. What it wrote there
     * it has to find again, wherever the process died.
     */
    @Test
    void aStepSurvivesKillMinus9AlsoWhereItWasWrittenInTheMiddleOfTheFile() throws Exception {
        int first = 0;
        for (int round = 0; round < 4; round++) {
            int acknowledged = killAfter(5 + round, ";RETENTION_TIME=0", first);
            Map<Right, Entitlement> rights = Ledgers.content(database()).rights();
            for (int i = 0; i < first + acknowledged; i++) {
                assertThat(rights).containsEntry(right(i), granted());
            }
            first += acknowledged;
        }
    }

    @Test
    void whenTheDiskIsFullStepsFailAndWhatWasAcknowledgedIsThere() throws Exception {
        // A limit on the size of a file fails writes as a full disk does.
        Process writer = start("", 0, "bash", "-c", "ulimit -f 200 && exec \"$@\"", "bash");
        int acknowledged = 0;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {
                acknowledged++;
            }
        }
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isPositive();
        assertThat(writer.exitValue()).as("a step failed").isEqualTo(KilledWriter.FAILED);
        Map<Right, Entitlement> rights = Ledgers.content(database()).rights();
        for (int i = 0; i < acknowledged; i++) {
            assertThat(rights).containsEntry(right(i), granted());
        }
    }

    /** As on a full disk: what was granted is known, and nobody is told that all is well. */
    @Test
    @Timeout(60)
    void aDatabaseThatCanBeReadButNotWrittenIsReadAndIsNotOpen() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            ledger.keep(right(1), granted()).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        BlockingQueue<Ledger.Content> read = new ArrayBlockingQueue<>(1);
        try (JdbcLedger ledger = new JdbcLedger(Clock.systemUTC())) {
            ledger.onOpened(read::add);
            ledger.use(readOnly());
            assertThat(read.poll(20, TimeUnit.SECONDS).rights()).containsEntry(right(1), granted());
            awaitFailed(ledger);
            assertThatThrownBy(() -> ledger.keep(right(2), granted())
                            .toCompletableFuture()
                            .join())
                    .hasCauseInstanceOf(LedgerFailure.class);
            assertThat(ledger.status().state()).isEqualTo(LedgerStatus.State.FAILED);
        }
    }

    @Test
    @Timeout(120)
    void whoComesWhileTheDatabaseCannotBeWrittenIsToldAtTheNextOpeningAndOnlyOnce() throws Exception {
        try (JdbcLedger ledger = Ledgers.open(database())) {
            ledger.keep(right(1), granted()).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        BlockingQueue<Ledger.Content> early = new LinkedBlockingQueue<>();
        BlockingQueue<Ledger.Content> late = new LinkedBlockingQueue<>();
        try (JdbcLedger ledger = new JdbcLedger(Clock.systemUTC())) {
            ledger.onOpened(early::add);
            ledger.use(readOnly());
            assertThat(early.poll(20, TimeUnit.SECONDS)).isNotNull();
            awaitFailed(ledger);
            ledger.onOpened(late::add);
            assertThat(late.poll(40, TimeUnit.SECONDS)).isNotNull().satisfies(content -> assertThat(content.rights())
                    .containsEntry(right(1), granted()));
            awaitFailed(ledger);
            assertThat(early).as("told once").isEmpty();
            ledger.use(database());
            assertThat(early.poll(20, TimeUnit.SECONDS)).as("another database").isNotNull();
            assertThat(late.poll(20, TimeUnit.SECONDS)).as("another database").isNotNull();
        }
        assertThat(early).isEmpty();
        assertThat(late).isEmpty();
    }

    private Database readOnly() {
        Database writable = database();
        return new Database(
                writable.kind(), writable.url() + ";ACCESS_MODE_DATA=r", writable.user(), writable.password());
    }

    private static void awaitFailed(JdbcLedger ledger) {
        while (ledger.status().state() != LedgerStatus.State.FAILED) {
            assertThat(ledger.isOpen()).as("open though nothing can be written").isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Lets another process write steps until so many are acknowledged, and kills it; returns how many were. */
    private int killAfter(int steps, String parameters, int first) throws IOException, InterruptedException {
        Process writer = start(parameters, first);
        int acknowledged = 0;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged < steps && lines.readLine() != null) {
                acknowledged++;
            }
            // By its handle: the process itself would close the stream that still holds acknowledgements.
            writer.toHandle().destroyForcibly();
            while (lines.readLine() != null) {
                acknowledged++;
            }
        }
        assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).as("killed by signal 9").isEqualTo(128 + 9);
        assertThat(acknowledged).isGreaterThanOrEqualTo(steps);
        return acknowledged;
    }

    private Process start(String parameters, int first, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(KilledWriter.class.getName(), folder.toString(), parameters, Integer.toString(first)));
        return new ProcessBuilder(command)
                .redirectError(new File("target/killed-writer.log"))
                .start();
    }

    @Test
    void aFolderThatCannotBeWrittenFailsEveryStepAndSaysSo() throws Exception {
        Path file = Files.writeString(folder.resolve("no-folder"), "a file where the folder should be");
        try (JdbcLedger ledger = Ledgers.open(Ledgers.embedded(file))) {
            assertThatThrownBy(() -> ledger.keep(right(1), granted())
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LedgerFailure.class);
            assertThat(ledger.isOpen()).isFalse();
            assertThat(ledger.status().state()).isEqualTo(LedgerStatus.State.FAILED);
            assertThat(ledger.status().why()).contains("no-folder");
        }
    }
}
