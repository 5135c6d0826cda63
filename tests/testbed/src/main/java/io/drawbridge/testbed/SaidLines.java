// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a program says, line by line, to be waited for; each line is heard once. */
final class SaidLines {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final String speaker;
    private final String separator;

    /**
     * Makes a listener that hears nothing yet.
     *
     * @param speaker who speaks, for people
     * @param separator a regular expression that parts what stands in one line
     */
    SaidLines(String speaker, String separator) {
        this.speaker = speaker;
        this.separator = separator;
    }

    /** Listens to one more stream until it ends. */
    void listen(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Thread thread = new Thread(
                () -> reader.lines()
                        .map(line -> COLOUR.matcher(line).replaceAll(""))
                        .flatMap(line -> List.of(line.split(separator, -1)).stream())
                        .forEach(lines::add),
                speaker + "-output");
        thread.setUncaughtExceptionHandler((any, streamClosed) -> lines.add("(end of output)"));
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns the next line that holds all of {@code parts}; what came before is passed over.
     *
     * @throws AssertionError with what was said instead, if there is none in time
     */
    String await(Duration within, String... parts) {
        StringBuilder before = new StringBuilder();
        String line = find(within, before, parts);
        if (line == null) {
            throw new AssertionError(speaker + " did not say " + List.of(parts) + " but:\n" + before);
        }
        return line;
    }

    /** Returns whether a line with all of {@code parts} is said in time. */
    boolean hears(Duration within, String... parts) {
        return find(within, new StringBuilder(), parts) != null;
    }

    private String find(Duration within, StringBuilder before, String... parts) {
        long end = System.nanoTime() + within.toNanos();
        for (String line = next(within.toNanos()); line != null; line = next(end - System.nanoTime())) {
            before.append(line).append('\n');
            if (List.of(parts).stream().allMatch(line::contains)) {
                return line;
            }
        }
        return null;
    }

    private String next(long nanos) {
        try {
            return lines.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
