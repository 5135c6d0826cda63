// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.crossing.CrossingListener;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What streams need of everything else. Thread-safe. */
interface StreamSurroundings {
    XmppSettings settings();

    StreamCounters counters();

    IncomingAttempts attempts();

    InstantSource clock();

    /** Returns whether this is an own domain. */
    boolean isOwn(DomainName domain);

    /** Returns whether the one is an own domain and the other a partner's. */
    default boolean serves(Pair pair) {
        return unserved(pair).isEmpty();
    }

    /** Returns what is said to a partner about a pair that is not, or no longer, served. */
    default Optional<StreamCondition> unserved(Pair pair) {
        if (!isOwn(pair.own())) {
            return Optional.of(StreamCondition.HOST_GONE);
        }
        return partner(pair.partner()).isPresent() ? Optional.empty() : Optional.of(StreamCondition.POLICY_VIOLATION);
    }

    /** Returns the partner a domain belongs to. */
    Optional<XmppPartner> partner(DomainName domain);

    DialbackKeys keys();

    /** Returns a new identifier that nobody can guess. */
    String newId();

    /** Asks a partner's server whether a key is its own, over a connection of its own (XEP-0220 section 2.4). */
    CompletionStage<Verdict> verify(Pair pair, String stream, String key);

    /** Returns where stanzas for a partner wait. */
    Outbox outbox(Pair pair);

    /** Opens a stream of its own for what waits, which cannot share one. */
    void openAnother(Outbox outbox);

    /** Returns whether one more stream of this partner may be there. */
    boolean admits(XmlStream stream, XmppPartner partner);

    /**
     * Takes a stanza of an authenticated pair.
     *
     * @return completes, on any thread, when it has its outcome
     * @throws StreamViolation if the partner goes on sending far too many
     */
    CompletionStage<?> received(Stanza stanza, StreamPeer origin) throws StreamViolation;

    /** Returns who wants to know what was refused. */
    List<CrossingListener> crossings();

    /** Returns the pings that were asked. */
    Pings pings();

    /** A stream is over. */
    void gone(XmlStream stream);

    /** What became of the question for a key. */
    enum Verdict {
        /** It is the partner's. */
        VALID,
        /** It is not. */
        INVALID,
        /** The partner's servers cannot be found. */
        NOT_FOUND,
        /** They cannot be reached. */
        UNREACHABLE,
        /** They did not answer in time, or made no sense. */
        NO_ANSWER
    }
}
