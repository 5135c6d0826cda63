// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.safeguards;

import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.PeerIdentity;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.api.policy.Safeguards;
import io.drawbridge.api.policy.SourceType;
import io.drawbridge.api.policy.Verdict;
import io.drawbridge.api.policy.WatchedPeer;
import io.drawbridge.api.policy.WatchedPeer.Ruling;
import io.drawbridge.api.policy.WatchedPeer.Throttling;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the limits to discovered partners and keeps the watch list. */
public final class DiscoverySafeguards implements Safeguards {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoverySafeguards.class);

    private static final Comparator<WatchedPeer> WORST_FIRST = Comparator.comparing(WatchedPeer::throttling)
            .thenComparingInt(WatchedPeer::contacts)
            .reversed()
            .thenComparing(WatchedPeer::fingerprint);

    private final InstantSource clock;
    private final Rulings keeper;
    private final Contacts contacts = new Contacts(new SecureRandom());
    private final WatchList watched;
    private final Map<Reason, LongAdder> refused = Map.of(
            Reason.RATE_EXCEEDED, new LongAdder(),
            Reason.TOO_MANY_CONTACTS, new LongAdder(),
            Reason.PEER_BLOCKED, new LongAdder());

    private volatile Limits limits = Limits.STANDARD;
    private volatile Map<String, Ruling> rulings = Map.of();

    /**
     * Starts with nobody on the list and the standard limits.
     *
     * @param keeper where rulings go
     */
    public DiscoverySafeguards(InstantSource clock, Rulings keeper) {
        this.clock = clock;
        this.keeper = keeper;
        watched = new WatchList(clock.instant());
    }

    /** Lets other limits and rulings hold from now on. */
    public synchronized void replace(Limits nextLimits, Map<String, Ruling> nextRulings) {
        limits = nextLimits;
        rulings = Map.copyOf(nextRulings);
    }

    /** Returns the limits that hold. */
    public Limits limits() {
        return limits;
    }

    /** Returns how many partners are kept in mind. */
    public int watched() {
        return watched.size();
    }

    /** Returns how many requests were refused, by reason. */
    public Map<Reason, Long> refused() {
        Map<Reason, Long> counts = new HashMap<>();
        refused.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    @Override
    public Verdict admit(Envelope envelope, Verdict verdict) {
        if (!guarded(envelope, verdict)) {
            return verdict;
        }
        PeerIdentity peer = envelope.peer().orElseThrow();
        Optional<Reason> refusal =
                switch (rulings.getOrDefault(peer.fingerprint(), Ruling.NONE)) {
                    case ALLOW -> Optional.empty();
                    case BLOCK -> Optional.of(Reason.PEER_BLOCKED);
                    case NONE -> limited(envelope, peer);
                };
        return refusal.isEmpty() ? verdict : refusal(verdict, refusal.get(), peer);
    }

    @Override
    public void answered(Envelope envelope, boolean success) {
        if (envelope.direction() != Direction.INBOUND || envelope.peer().isEmpty()) {
            return;
        }
        Watch watch = watched.known(envelope.peer().get().fingerprint());
        if (watch != null) {
            Limits now = limits;
            Throttling before = watch.throttling(now);
            watch.answered(success);
            tell(watch, before, now);
        }
    }

    @Override
    public List<WatchedPeer> watchList() {
        Limits now = limits;
        Map<String, Ruling> ruled = rulings;
        return watched.all().stream()
                .map(watch -> watch.shown(now, ruled.getOrDefault(watch.fingerprint(), Ruling.NONE)))
                .sorted(WORST_FIRST)
                .toList();
    }

    @Override
    public boolean rule(String certificate, Ruling ruling) {
        Watch watch = watched.known(certificate);
        if (watch == null && !rulings.containsKey(certificate)) {
            return false;
        }
        keeper.keep(
                certificate,
                ruling,
                watch == null ? "" : watch.shown(limits, ruling).subject());
        synchronized (this) {
            Map<String, Ruling> next = new HashMap<>(rulings);
            next.put(certificate, ruling);
            rulings = Map.copyOf(next);
        }
        return true;
    }

    private static boolean guarded(Envelope envelope, Verdict verdict) {
        return verdict.allowed()
                && envelope.direction() == Direction.INBOUND
                && verdict.source().isPresent()
                && verdict.source().get() == SourceType.DISCOVERED_PARTNER
                && envelope.peer().isPresent();
    }

    private Optional<Reason> limited(Envelope envelope, PeerIdentity peer) {
        Limits now = limits;
        Watch watch = watched.on(peer, clock.instant(), now);
        Throttling before = watch.throttling(now);
        Optional<Reason> refusal =
                watch.admit(envelope.sender().domain(), contacts.digest(envelope.recipient()), clock.instant(), now);
        tell(watch, before, now);
        return refusal;
    }

    private static void tell(Watch watch, Throttling before, Limits limits) {
        Throttling after = watch.throttling(limits);
        if (after == before) {
            return;
        }
        WatchedPeer peer = watch.shown(limits, Ruling.NONE);
        switch (after) {
            case CONTACTS_EXHAUSTED ->
                LOG.warn(
                        "Discovered partner {} of {} addressed {} users and reaches no others",
                        peer.fingerprint(),
                        peer.subject(),
                        peer.contacts());
            case SUSPICIOUS ->
                LOG.warn(
                        "Discovered partner {} of {} is suspicious, most of its requests failed: one message a second",
                        peer.fingerprint(),
                        peer.subject());
            case STANDARD ->
                LOG.info(
                        "Discovered partner {} of {} is back at the standard rate", peer.fingerprint(), peer.subject());
        }
    }

    private Verdict refusal(Verdict verdict, Reason reason, PeerIdentity peer) {
        refused.get(reason).increment();
        return verdict.refused(reason, new RuleResult(Rule.SAFEGUARD, false, detail(reason, peer)));
    }

    private String detail(Reason reason, PeerIdentity peer) {
        String certificate = " (certificate " + peer.fingerprint() + ")";
        return switch (reason) {
            case RATE_EXCEEDED -> {
                Watch watch = watched.known(peer.fingerprint());
                boolean suspicious = watch != null && watch.suspicious();
                yield "more than "
                        + (suspicious
                                ? "1 message a second, being suspicious"
                                : limits.messagesPerSecond() + " messages a second")
                        + certificate;
            }
            case TOO_MANY_CONTACTS -> limits.contacts() + " users addressed, and this is another one" + certificate;
            default -> "ruling BLOCK on the watch list" + certificate;
        };
    }
}
