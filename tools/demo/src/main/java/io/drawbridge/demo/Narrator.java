// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the audience what happens, on the terminal. */
final class Narrator {
    private final PrintStream terminal =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final AtomicInteger scenes = new AtomicInteger();

    /** Opens a numbered scene. */
    void scene(String title) {
        terminal.printf("%n== %d  %s%n", scenes.incrementAndGet(), title);
    }

    /** Tells one thing. */
    synchronized void tell(String format, Object... arguments) {
        terminal.printf("   " + format + "%n", arguments);
    }

    /** Shows what a program printed, as it printed it. */
    synchronized void show(String output) {
        output.lines().forEach(line -> terminal.println("   | " + line));
    }
}
