// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lines to and from a Java process of ours that runs on one processor: each question gets one line of answer. */
final class Conversation implements AutoCloseable {
    private final ChildProcess process;
    private final PrintStream questions;
    private final BufferedReader answers;

    /** Starts a main class of this class path, pinned to a processor, and waits for its first line. */
    Conversation(Class<?> main, Path directory, int processor, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "taskset",
                "-c",
                Integer.toString(processor),
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        // Garbage collection and compilation in the background would only take the processor from the other load.
        command.addAll(List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=512m"));
        command.addAll(List.of("-Dio.netty.leakDetection.level=disabled", "-Dio.netty.noUnsafe=false"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        process = ChildProcess.startConversing(main.getSimpleName(), directory, command);
        questions = new PrintStream(process.process().getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8));
        answer();
    }

    ChildProcess process() {
        return process;
    }

    String ask(String question) {
        questions.println(question);
        return answer();
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("Ended without an answer:\n" + process.output());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    /** The other end: says that it is ready, then answers until nobody asks any more. */
    static void answerAll(PrintStream out, UnaryOperator<String> answerer) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answerer.apply(line));
        }
    }
}
