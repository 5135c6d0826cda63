// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.provider.irc.client;

import io.drawbridge.provider.irc.line.Line;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lines whose answers the server marks, so that each finds who asked (IRCv3 labeled-response, batch). */
final class Labels {
    private static final int MOST_BATCHES = 32;
    private static final String BATCH = "BATCH";

    private final Map<String, Asker> askers = new HashMap<>();
    private final Map<String, String> batches = new HashMap<>();
    private long last;

    /** Who sent a line and hears what answers it. */
    interface Asker {
        /** Takes a line that answers, alone or with others. */
        void response(Line line);

        /** There is no more of the answer. */
        void complete();
    }

    /** Returns the line as it is sent so that its answer is told. */
    Line on(Line line, Asker asker) {
        String label = Long.toString(++last, Character.MAX_RADIX);
        askers.put(label, asker);
        return line.tagged("label", label);
    }

    /** Tells whoever asked of a line that came, if it is part of an answer. */
    void take(Line line) {
        Optional<String> label = line.tag("label");
        if (line.command().equals(BATCH)) {
            batch(line.param(0), line.param(1), label);
        } else {
            label.ifPresent(given -> {
                response(given, line);
                complete(given);
            });
        }
        line.tag("batch").map(batches::get).ifPresent(given -> response(given, line));
    }

    private void batch(String reference, String kind, Optional<String> label) {
        if (reference.startsWith("-")) {
            Optional.ofNullable(batches.remove(reference.substring(1))).ifPresent(this::complete);
        } else if (reference.startsWith("+") && kind.equals("labeled-response") && batches.size() < MOST_BATCHES) {
            label.ifPresent(given -> batches.put(reference.substring(1), given));
        }
    }

    private void response(String label, Line line) {
        Optional.ofNullable(askers.get(label)).ifPresent(asker -> asker.response(line));
    }

    private void complete(String label) {
        Optional.ofNullable(askers.remove(label)).ifPresent(Asker::complete);
    }

    /** Tells somebody nothing any more. */
    void forget(Asker asker) {
        askers.values().removeIf(asker::equals);
    }

    /** The server marks no answers any more. */
    void clear() {
        askers.clear();
        batches.clear();
    }
}
