// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that is printed, logged or thrown past everybody while a contract is tested. */
final class Output implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final PrintStream into = new PrintStream(text, true, StandardCharsets.UTF_8);
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Level level = ROOT.getLevel();
    private final Thread.UncaughtExceptionHandler uncaughtHandler = Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Printing();

    Output() {
        System.setOut(into);
        System.setErr(into);
        ROOT.setLevel(Level.FINE);
        ROOT.addHandler(handler);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
    }

    /** Prints what is logged by {@code java.util.logging}. */
    private final class Printing extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        Printing() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord message) {
            into.print(formatter.format(message));
        }

        @Override
        public void flush() {
            into.flush();
        }

        @Override
        public void close() {
            // It holds nothing open.
        }
    }

    /** Returns what was printed so far. */
    String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Returns what was thrown on a thread that nobody looks after. */
    List<Throwable> uncaught() {
        return List.copyOf(uncaught);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        ROOT.removeHandler(handler);
        ROOT.setLevel(level);
        Thread.setDefaultUncaughtExceptionHandler(uncaughtHandler);
    }
}
