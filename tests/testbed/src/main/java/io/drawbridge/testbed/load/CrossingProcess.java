// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.testbed.load;

import io.drawbridge.testbed.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link CrossingLoad} in a process of its own on a processor of its own. */
public final class CrossingProcess implements AutoCloseable {
    private final Conversation conversation;

    /** Starts the process; it has no ends yet. */
    public CrossingProcess(Path directory, int processor) {
        conversation = new Conversation(CrossingProcess.class, directory, processor, List.of());
    }

    /** As {@link CrossingLoad#listenSip}. */
    public void listenSip(int port, LoadTls tls) {
        ask("listen-sip", port, text(tls));
    }

    /** As {@link CrossingLoad#listenXmpp}. */
    public void listenXmpp(int port, String own, String peer, LoadTls tls) {
        ask("listen-xmpp", port, own, peer, text(tls));
    }

    /**
     * Who writes to whom.
     *
     * @param domain of the senders
     * @param users how many senders there are
     * @param recipient the bare address of all messages
     */
    public record Senders(String domain, int users, String recipient) {
        @Override
        public String toString() {
            return domain + " " + users + " " + recipient;
        }
    }

    /** As {@link CrossingLoad#callSip}, with a message of {@link LoadMessage#ofUsers}. */
    public void callSip(
            String way, int port, String serverName, String sentBy, LoadTls tls, int connections, Senders senders) {
        ask("call-sip", port, way, serverName, sentBy, connections, senders, text(tls));
    }

    /** As {@link CrossingLoad#callXmpp}, with a message of {@link LoadMessage#stanza}. */
    public void callXmpp(String way, int port, String peer, String serverName, LoadTls tls, Senders senders) {
        ask("call-xmpp", port, way, peer, serverName, senders, text(tls));
    }

    /** As {@link CrossingLoad#join}, with a message of {@link LoadMessage#stanza}. */
    public void join(String way, int port, String secret, Senders senders) {
        ask("join", port, way, secret, senders);
    }

    /** As {@link CrossingLoad#keep}. */
    public LoadResult keep(String way, int underWay, Duration time) {
        return LoadResult.decoded(ask("keep", underWay, way, time.toMillis()));
    }

    /** As {@link CrossingLoad#offer}. */
    public LoadResult offer(String way, double perSecond, Duration time) {
        return LoadResult.decoded(ask("offer", perSecond, way, time.toMillis()));
    }

    private String ask(Object... words) {
        return conversation.ask(
                String.join(" ", List.of(words).stream().map(Object::toString).toList()));
    }

    private static String text(LoadTls tls) {
        return tls.certificate() + " " + tls.key() + " " + tls.anchor();
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
        try (CrossingLoad load = new CrossingLoad()) {
            Conversation.answerAll(System.out, line -> answer(load, line.split(" ", -1)));
        }
    }

    private static String answer(CrossingLoad load, String[] words) {
        double number = Double.parseDouble(words[1]);
        int port = (int) number;
        switch (words[0]) {
            case "listen-sip" -> load.listenSip(port, tls(words));
            case "listen-xmpp" -> load.listenXmpp(port, words[2], words[3], tls(words));
            case "call-sip" -> {
                LoadMessage message = LoadMessage.ofUsers(words[4], words[6], Integer.parseInt(words[7]), words[8]);
                SipLoad.Target target = new SipLoad.Target(port, words[3], message);
                load.callSip(words[2], target, tls(words), Integer.parseInt(words[5]));
            }
            case "call-xmpp" -> {
                LoadMessage message = LoadMessage.stanza(words[5], Integer.parseInt(words[6]), words[7]);
                load.callXmpp(words[2], port, words[5], words[3], words[4], tls(words), message);
            }
            case "join" -> {
                LoadMessage message = LoadMessage.stanza(words[4], Integer.parseInt(words[5]), words[6]);
                load.join(words[2], port, words[4], words[3], message);
            }
            case "keep" -> {
                return load.keep(words[2], port, time(words[3])).encoded();
            }
            case "offer" -> {
                return load.offer(words[2], number, time(words[3])).encoded();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private static Duration time(String millis) {
        return Duration.ofMillis(Long.parseLong(millis));
    }

    private static LoadTls tls(String[] words) {
        int last = words.length - 1;
        return new LoadTls(Path.of(words[last - 2]), Path.of(words[last - 1]), Path.of(words[last]));
    }
}
