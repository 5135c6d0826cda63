// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What errors of dialback mean for the stanzas that wait on it (XEP-0220 section 2.5, interworking 4.5). */
final class DialbackErrors {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LATER = Duration.ofMinutes(5);

    private static final Map<String, Failure> MEANINGS = Map.of(
            "item-not-found",
                    failure(Condition.REMOTE_SERVER_NOT_FOUND, Reason.HOST_NOT_FOUND, "item-not-found", LATER),
            "remote-connection-failed", unanswered("remote-connection-failed", AT_ONCE),
            "remote-server-not-found", unanswered("remote-server-not-found", AT_ONCE),
            "remote-server-timeout", unanswered("remote-server-timeout", AT_ONCE),
            "policy-violation", unanswered("policy-violation", LATER),
            "not-authorized", disowned("not-authorized"),
            "forbidden", disowned("forbidden"),
            "not-acceptable", unanswered("not-acceptable", AT_ONCE),
            "resource-constraint",
                    failure(
                            Condition.REMOTE_SERVER_TIMEOUT,
                            Reason.OVERLOADED,
                            "resource-constraint",
                            Duration.ofMinutes(1)));

    private static final Failure OTHER = unanswered("an unknown error", AT_ONCE);

    private DialbackErrors() {}

    private static Failure unanswered(String word, Duration rest) {
        return failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, word, rest);
    }

    private static Failure disowned(String word) {
        return failure(Condition.INTERNAL_SERVER_ERROR, Reason.PEER_NOT_AUTHORIZED, word, AT_ONCE);
    }

    private static Failure failure(Condition condition, Reason reason, String word, Duration rest) {
        return new Failure(condition, reason, "the partner answered dialback with " + word, Optional.of(rest));
    }

    /** Reads a result or verification of type error. */
    static Failure failure(Element answer) {
        return answer.children().stream()
                .filter(child -> child.name().equals("error"))
                .flatMap(error -> error.child(Namespaces.STANZA_ERRORS).stream())
                .map(condition -> MEANINGS.getOrDefault(condition.name(), OTHER))
                .findFirst()
                .orElse(OTHER);
    }

    /** Returns how this appliance says that it could not verify a key. */
    static String condition(StreamSurroundings.Verdict verdict) {
        return switch (verdict) {
            case NOT_FOUND -> "remote-server-not-found";
            case UNREACHABLE -> "remote-connection-failed";
            case NO_ANSWER -> "remote-server-timeout";
            case VALID, INVALID -> throw new IllegalArgumentException(verdict + " is no error");
        };
    }
}
