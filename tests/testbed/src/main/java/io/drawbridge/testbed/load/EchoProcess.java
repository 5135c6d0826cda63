// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An {@link EchoLoad} in a process of its own on a processor of its own. */
public final class EchoProcess implements AutoCloseable {
    private final Conversation conversation;

    /** Starts the process; nothing is open yet. */
    public EchoProcess(EchoLoad.Ends ends, Path directory, int processor) {
        conversation = new Conversation(
                EchoProcess.class,
                directory,
                processor,
                List.of(ends.sentBy(), ends.domain(), Integer.toString(ends.users()), ends.other()));
    }

    /** As {@link EchoLoad#listen}. */
    public void listen(int port, LoadTls tls) {
        ask("listen", port, tls.certificate(), tls.key(), tls.anchor());
    }

    /** As {@link EchoLoad#call}. */
    public void call(int port, String serverName, LoadTls tls, int connections) {
        ask("call", port, serverName, connections, tls.certificate(), tls.key(), tls.anchor());
    }

    /** As {@link EchoLoad#watch}. */
    public void watch(int count) {
        ask("watch", count);
    }

    /** As {@link EchoLoad#keep}. */
    public LoadResult keep(int underWay, Duration time) {
        return LoadResult.decoded(ask("keep", underWay, time.toMillis()));
    }

    /** As {@link EchoLoad#start}. */
    public void start(double perSecond) {
        ask("start", perSecond);
    }

    /** As {@link EchoLoad#stop}. */
    public LoadResult stop() {
        return LoadResult.decoded(ask("stop"));
    }

    /** As {@link EchoLoad#longestPause}. */
    public Duration longestPause() {
        return Duration.ofNanos(Long.parseLong(ask("pause")));
    }

    /** As {@link EchoLoad#seen}. */
    public EchoLoad.Seen seen() {
        String[] words = ask("seen").split(" ", -1);
        return new EchoLoad.Seen(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Integer.parseInt(words[3]));
    }

    private String ask(Object... words) {
        return conversation.ask(
                String.join(" ", List.of(words).stream().map(Object::toString).toList()));
    }

    @Override
    public void close() {
        conversation.close();
    }

    /** Runs the load; started by the constructor, in another process. */
    public static void main(String[] ends) throws IOException {
        try (EchoLoad load = new EchoLoad(new EchoLoad.Ends(ends[0], ends[1], Integer.parseInt(ends[2]), ends[3]))) {
            Conversation.answerAll(System.out, line -> answer(load, line.split(" ", -1)));
        }
    }

    private static String answer(EchoLoad load, String[] words) {
        switch (words[0]) {
            case "listen" -> load.listen(Integer.parseInt(words[1]), tls(words));
            case "call" -> load.call(Integer.parseInt(words[1]), words[2], tls(words), Integer.parseInt(words[3]));
            case "watch" -> load.watch(Integer.parseInt(words[1]));
            case "keep" -> {
                return load.keep(Integer.parseInt(words[1]), Duration.ofMillis(Long.parseLong(words[2])))
                        .encoded();
            }
            case "start" -> load.start(Double.parseDouble(words[1]));
            case "stop" -> {
                return load.stop().encoded();
            }
            case "pause" -> {
                return Long.toString(load.longestPause().toNanos());
            }
            case "seen" -> {
                EchoLoad.Seen seen = load.seen();
                return seen.outOfOrder() + " " + seen.notified() + " " + seen.flaps() + " " + seen.available();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private static LoadTls tls(String[] words) {
        int last = words.length - 1;
        return new LoadTls(Path.of(words[last - 2]), Path.of(words[last - 1]), Path.of(words[last]));
    }
}
