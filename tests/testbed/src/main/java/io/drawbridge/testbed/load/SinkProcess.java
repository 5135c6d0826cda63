// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link SipSink} in a process of its own on a processor of its own. */
public final class SinkProcess implements AutoCloseable {
    private final Conversation conversation;

    /** Starts the process; it listens when this returns. */
    public SinkProcess(int port, LoadTls tls, Path directory, int processor) {
        conversation = new Conversation(
                SinkProcess.class,
                directory,
                processor,
                List.of(
                        Integer.toString(port),
                        tls.certificate().toString(),
                        tls.key().toString(),
                        tls.anchor().toString()));
    }

    /** As {@link SipSink#counts}. */
    public SipSink.Counts counts() {
        String[] counts = conversation.ask("counts").split(" ", -1);
        return new SipSink.Counts(Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    }

    /** Returns the number of the process, to see what it uses itself. */
    public long pid() {
        return conversation.process().pid();
    }

    @Override
    public void close() {
        conversation.close();
    }

    /** Runs the sink; started by the constructor, in another process. */
    public static void main(String[] arguments) throws IOException {
        LoadTls tls = new LoadTls(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        try (SipSink sink = new SipSink(Integer.parseInt(arguments[0]), tls)) {
            Conversation.answerAll(System.out, question -> {
                SipSink.Counts counts = sink.counts();
                return counts.received() + " " + counts.duplicates();
            });
        }
    }
}
