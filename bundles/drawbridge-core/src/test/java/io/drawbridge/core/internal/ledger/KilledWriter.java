// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.ledger;

import static io.drawbridge.core.internal.ledger.Ledgers.granted;
import static io.drawbridge.core.internal.ledger.Ledgers.right;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** A process that writes steps and says which are acknowledged, until it is killed or a step fails. */
final class KilledWriter {
    /** How it exits when a step fails as it should. */
    static final int FAILED = 3;

    private KilledWriter() {}

    /** Takes the folder, what stands behind the database's URL, and the number of the first step. */
    public static void main(String[] arguments) throws InterruptedException {
        JdbcLedger ledger = Ledgers.open(Ledgers.embedded(Path.of(arguments[0]), arguments[1]));
        CountDownLatch opened = new CountDownLatch(1);
        ledger.onOpened(content -> opened.countDown());
        opened.await();
        PrintStream out = System.out;
        for (int i = Integer.parseInt(arguments[2]); ; i++) {
            try {
                ledger.keep(right(i), granted()).toCompletableFuture().join();
            } catch (CompletionException failed) {
                System.exit(failed.getCause() instanceof LedgerFailure ? FAILED : 1);
            }
            out.println(i);
            out.flush();
        }
    }
}
