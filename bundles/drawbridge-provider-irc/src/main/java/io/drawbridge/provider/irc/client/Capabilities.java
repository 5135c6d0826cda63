// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.line.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which extensions the server has and which are on (IRCv3 capability-negotiation). */
final class Capabilities {
    static final String SASL = "sasl";
    static final String TAGS = "message-tags";
    static final String LABELS = "labeled-response";
    static final String BATCH = "batch";
    static final String ECHO = "echo-message";
    static final String AWAY = "away-notify";
    static final String MONITOR_MORE = "extended-monitor";

    private static final Set<String> WANTED =
            Set.of(TAGS, LABELS, BATCH, ECHO, AWAY, MONITOR_MORE, "account-notify", "server-time");
    private static final int MOST = 200;

    private final boolean withSasl;
    private final Consumer<Line> send;
    private final Map<String, String> offered = new HashMap<>();
    private final Set<String> on = new HashSet<>();
    private int unanswered;

    /**
     * Knows of none yet.
     *
     * @param withSasl whether the account proves itself by SASL
     */
    Capabilities(boolean withSasl, Consumer<Line> send) {
        this.withSasl = withSasl;
        this.send = send;
    }

    /** What a line of the negotiation led to. */
    enum Step {
        /** There is more to come. */
        GOES_ON,
        /** All that was wanted has been answered. */
        SETTLED
    }

    void begin() {
        send.accept(Line.of("CAP", "LS", "302"));
    }

    /** Takes a line of the negotiation: nick, subcommand, maybe a star for more to come, names. */
    Step take(Line line) {
        List<String> names = Arrays.asList(line.last().strip().split(" +", -1));
        switch (line.param(1)) {
            case "LS" -> {
                offer(names);
                if (line.params().size() < 4) {
                    request();
                    return settled();
                }
            }
            case "NEW" -> {
                offer(names);
                request();
            }
            case "DEL" ->
                names.forEach(name -> {
                    offered.remove(name);
                    on.remove(name);
                });
            case "ACK" -> {
                unanswered--;
                names.forEach(this::acknowledged);
                return settled();
            }
            case "NAK" -> {
                unanswered--;
                // One that is refused has the others refused with it: each has its chance alone.
                if (names.size() > 1) {
                    names.forEach(name -> ask(List.of(name)));
                } else {
                    names.forEach(offered::remove);
                }
                return settled();
            }
            default -> {}
        }
        return Step.GOES_ON;
    }

    private void offer(List<String> names) {
        for (String name : names) {
            int equals = name.indexOf('=');
            if (offered.size() < MOST) {
                offered.put(
                        equals < 0 ? name : name.substring(0, equals), equals < 0 ? "" : name.substring(equals + 1));
            }
        }
    }

    private void acknowledged(String name) {
        if (name.startsWith("-")) {
            on.remove(name.substring(1));
        } else if (isWanted(name)) {
            on.add(name);
        }
    }

    private boolean isWanted(String name) {
        return WANTED.contains(name) || (withSasl && name.equals(SASL));
    }

    private void request() {
        Set<String> wanted = new TreeSet<>(offered.keySet());
        wanted.removeIf(name -> !isWanted(name) || on.contains(name));
        if (!wanted.isEmpty()) {
            ask(new ArrayList<>(wanted));
        }
    }

    private void ask(List<String> names) {
        unanswered++;
        send.accept(Line.of("CAP", "REQ", String.join(" ", names)));
    }

    private Step settled() {
        return unanswered <= 0 ? Step.SETTLED : Step.GOES_ON;
    }

    /** Returns whether an extension is on. */
    boolean has(String name) {
        return on.contains(name);
    }

    /** Returns whether answers can be told apart: labels, and batches for answers of several lines. */
    boolean labels() {
        return has(LABELS) && has(BATCH);
    }

    /** Returns the mechanisms of SASL the server names; empty if it names none, which says nothing of those it has. */
    Optional<List<String>> mechanisms() {
        return Optional.ofNullable(offered.get(SASL))
                .filter(value -> !value.isEmpty())
                .map(value -> List.of(value.split(",", -1)));
    }
}
