// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.model.Condition;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.xmpp.internal.codec.Element;
import io.drawbridge.xmpp.internal.codec.Namespaces;
import java.util.Map;

/** What errors of dialback mean for the stanzas that wait on it (XEP-0220 section 2.5, interworking 4.5). */
final class DialbackErrors {
    private static final Map<String, Failure> MEANINGS = Map.of(
            "item-not-found", failure(Condition.REMOTE_SERVER_NOT_FOUND, Reason.HOST_NOT_FOUND, "item-not-found"),
            "remote-connection-failed",
                    failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "remote-connection-failed"),
            "remote-server-not-found",
                    failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "remote-server-not-found"),
            "remote-server-timeout",
                    failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "remote-server-timeout"),
            "policy-violation", failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "policy-violation"),
            "not-authorized", failure(Condition.INTERNAL_SERVER_ERROR, Reason.PEER_NOT_AUTHORIZED, "not-authorized"),
            "forbidden", failure(Condition.INTERNAL_SERVER_ERROR, Reason.PEER_NOT_AUTHORIZED, "forbidden"),
            "not-acceptable", failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "not-acceptable"),
            "resource-constraint", failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.OVERLOADED, "resource-constraint"));

    private static final Failure OTHER =
            failure(Condition.REMOTE_SERVER_TIMEOUT, Reason.ANSWERED_BY_PEER, "an unknown error");

    private DialbackErrors() {}

    private static Failure failure(Condition condition, Reason reason, String word) {
        return new Failure(condition, reason, "the partner answered dialback with " + word);
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
