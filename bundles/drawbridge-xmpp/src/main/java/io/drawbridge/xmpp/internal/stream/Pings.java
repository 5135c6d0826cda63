// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.xmpp.internal.codec.Stanza;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The pings whose answers may come by any stream of the partner (XEP-0199). Thread-safe. */
final class Pings {
    private static final Set<String> ANSWERS = Set.of("result", "error");

    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    private record Asked(Pair pair, Consumer<StreamPeer> then) {}

    /**
     * Waits for an answer.
     *
     * @param id of the ping, that nobody can guess
     * @param then told who answered, on the event loop of the stream that the answer came by
     */
    void expect(String id, Pair pair, Consumer<StreamPeer> then) {
        asked.put(id, new Asked(pair, then));
    }

    void forget(String id) {
        asked.remove(id);
    }

    /** Takes a stanza if it is an answer; a refusal is one too, as it shows that the partner is there. */
    boolean take(Stanza stanza, StreamPeer origin) {
        if (stanza.kind() != Stanza.Kind.IQ
                || !ANSWERS.contains(stanza.attributes().type())) {
            return false;
        }
        Asked ping = asked.get(stanza.attributes().id());
        if (ping == null || !ping.pair.equals(new Pair(origin.own(), origin.partner()))) {
            return false;
        }
        ping.then.accept(origin);
        return true;
    }
}
