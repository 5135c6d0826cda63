// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link SipLoad} in a process of its own on a processor of its own. */
public final class LoadProcess implements AutoCloseable {
    private final Conversation conversation;

    /**
     * What a load process is started with.
     *
     * @param port of the target on 127.0.0.1
     * @param serverName the name the target's certificate holds
     * @param sentBy what the requests' Via says
     * @param domains over how many domains the senders are spread
     * @param recipient address of record
     * @param tls own certificate and whom to trust
     */
    public record Settings(int port, String serverName, String sentBy, int domains, String recipient, LoadTls tls) {}

    /** Starts the process; it has no connections yet. */
    public LoadProcess(Settings settings, Path directory, int processor) {
        conversation = new Conversation(
                LoadProcess.class,
                directory,
                processor,
                List.of(
                        Integer.toString(settings.port()),
                        settings.serverName(),
                        settings.sentBy(),
                        Integer.toString(settings.domains()),
                        settings.recipient(),
                        settings.tls().certificate().toString(),
                        settings.tls().key().toString(),
                        settings.tls().anchor().toString()));
    }

    /** As {@link SipLoad#connect}. */
    public void connect(int count) {
        conversation.ask("connect " + count);
    }

    /** As {@link SipLoad#keep}. */
    public LoadResult keep(int underWay, Duration time) {
        return LoadResult.decoded(conversation.ask("keep " + underWay + " " + time.toMillis()));
    }

    /** As {@link SipLoad#offer}. */
    public LoadResult offer(double perSecond, Duration time) {
        return LoadResult.decoded(conversation.ask("offer " + perSecond + " " + time.toMillis()));
    }

    /** Returns the process, to see what it uses itself. */
    public ChildProcess process() {
        return conversation.process();
    }

    @Override
    public void close() {
        conversation.close();
    }

    /** Runs the load; started by the constructor, in another process. */
    public static void main(String[] arguments) throws IOException {
        LoadMessage message = LoadMessage.ofDomains(arguments[2], Integer.parseInt(arguments[3]), arguments[4]);
        LoadTls tls = new LoadTls(Path.of(arguments[5]), Path.of(arguments[6]), Path.of(arguments[7]));
        SipLoad.Target target = new SipLoad.Target(Integer.parseInt(arguments[0]), arguments[1], message);
        try (SipLoad load = new SipLoad(target, tls)) {
            Conversation.answerAll(System.out, line -> answer(load, line));
        }
    }

    private static String answer(SipLoad load, String question) {
        String[] words = question.split(" ", -1);
        return switch (words[0]) {
            case "connect" -> {
                load.connect(Integer.parseInt(words[1]));
                yield "connected";
            }
            case "keep" ->
                load.keep(Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])))
                        .encoded();
            case "offer" ->
                load.offer(Double.parseDouble(words[1]), Duration.ofMillis(Long.parseLong(words[2])))
                        .encoded();
            default -> throw new IllegalArgumentException(question);
        };
    }
}
