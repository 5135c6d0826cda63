// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import io.drawbridge.core.internal.policy.Shown;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What is kept of one discovered partner: its rate, whom it addressed, how it was answered. Thread-safe. */
final class Watch {
    private static final int SUSPICIOUS_RATE = 1;
    private static final int MOST_DOMAINS = 100;

    private final String fingerprint;
    private final String subject;
    private final String issuer;
    private final String serialNumber;
    private final Instant since;

    private final TokenBucket bucket = new TokenBucket();
    private final AnswerWindow answers = new AnswerWindow();
    private final ContactSet contacts = new ContactSet();
    private final Set<DomainName> domains = new HashSet<>();
    private Instant seen;

    Watch(PeerIdentity peer, Instant now) {
        this(peer.fingerprint(), Shown.text(peer.subject()), Shown.text(peer.issuer()), peer.serialNumber(), now);
    }

    private Watch(String fingerprint, String subject, String issuer, String serialNumber, Instant now) {
        this.fingerprint = fingerprint;
        this.subject = subject;
        this.issuer = issuer;
        this.serialNumber = serialNumber;
        since = now;
        seen = now;
    }

    /** The one watch that all those share for whom there is no room. */
    static Watch ofTheRest(Instant now) {
        return new Watch("", "(all further discovered partners: the watch list is full)", "", "", now);
    }

    /** Counts one request; empty if it may pass. */
    synchronized Optional<Reason> admit(DomainName domain, long contact, Instant now, Limits limits) {
        seen = now;
        if (domains.size() < MOST_DOMAINS) {
            domains.add(domain);
        }
        int perSecond = answers.suspicious() ? SUSPICIOUS_RATE : limits.messagesPerSecond();
        if (!bucket.take(now, TokenBucket.Rate.perSecond(perSecond))) {
            return Optional.of(Reason.RATE_EXCEEDED);
        }
        if (contacts.contains(contact)) {
            return Optional.empty();
        }
        if (contacts.size() >= limits.contacts()) {
            return Optional.of(Reason.TOO_MANY_CONTACTS);
        }
        contacts.add(contact);
        return Optional.empty();
    }

    /** Takes note of a final answer. */
    synchronized void answered(boolean success) {
        answers.add(success);
    }

    synchronized Throttling throttling(Limits limits) {
        if (contacts.size() >= limits.contacts()) {
            return Throttling.CONTACTS_EXHAUSTED;
        }
        return answers.suspicious() ? Throttling.SUSPICIOUS : Throttling.STANDARD;
    }

    synchronized boolean suspicious() {
        return answers.suspicious();
    }

    synchronized int contacts() {
        return contacts.size();
    }

    synchronized Instant seen() {
        return seen;
    }

    String fingerprint() {
        return fingerprint;
    }

    /** Returns it for people. */
    synchronized WatchedPeer shown(Limits limits, WatchedPeer.Ruling ruling) {
        return new WatchedPeer(
                subject,
                issuer,
                serialNumber,
                fingerprint,
                domains,
                contacts.size(),
                throttling(limits),
                ruling,
                since);
    }
}
