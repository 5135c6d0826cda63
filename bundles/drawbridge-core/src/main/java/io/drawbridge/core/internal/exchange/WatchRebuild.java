// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.link.DeliveryOutcome;
import io.drawbridge.api.link.Event;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.policy.Envelope;
import io.drawbridge.api.policy.Policy;
import io.drawbridge.api.policy.TrafficKind;
import io.drawbridge.core.internal.authorization.Authorizations;
import io.drawbridge.core.internal.authorization.Entitlement;
import io.drawbridge.core.internal.authorization.Phase;
import io.drawbridge.core.internal.authorization.Right;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Opens watches again that were lost with a process or a link: of every granted right whose watcher was there within a
 * day. No contact is asked anything; a contact's question that an own user has not answered is put to the home again,
 * which holds it only as long as its link does (RFC 6121 section 3.1.3). So many a second, in random order, so that
 * neither home nor partner sees a storm (interworking 9.3).
 */
final class WatchRebuild {
    private static final Duration THERE = Duration.ofHours(24);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    private final Policy policy;
    private final Authorizations authorizations;
    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Supplier<ExchangeSettings> settings;
    private final InstantSource clock;
    private final Random random;
    private final Map<Right, String> waiting = new LinkedHashMap<>();
    private final Set<Right> asked = ConcurrentHashMap.newKeySet();
    private boolean due;

    WatchRebuild(
            Policy policy,
            Authorizations authorizations,
            Deliveries deliveries,
            Lanes lanes,
            Supplier<ExchangeSettings> settings,
            InstantSource clock,
            Random random) {
        this.policy = policy;
        this.authorizations = authorizations;
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Asks for a rebuild of what is not open: the ledger was read, or a link came that holds no watch yet. */
    synchronized void request() {
        due = true;
    }

    /** A link went, and with it the watches it served, and what it knew of what its contacts were shown. */
    void lost(String link) {
        List<Right> gone = new ArrayList<>();
        authorizations.forEach((right, entitlement) -> {
            if (authorizations.opened(right).isPresent() && ends(right).contains(link)) {
                gone.add(right);
            }
        });
        gone.forEach(authorizations::close);
        if (link.equals(Passage.HOME)) {
            asked.clear();
        }
        synchronized (this) {
            waiting.keySet().removeIf(right -> ends(right).contains(link));
        }
    }

    /** Opens the next few; to be called once a second. */
    void next() {
        List<Map.Entry<Right, String>> now = take();
        for (Map.Entry<Right, String> entry : now) {
            Right right = entry.getKey();
            pair(right).ifPresent(pair -> lanes.enter(pair, () -> open(right, entry.getValue())));
        }
    }

    /** Returns how many are waiting for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized List<Map.Entry<Right, String>> take() {
        if (due && authorizations.ready() && !policy.edge().sipDomains().isEmpty()) {
            due = false;
            collect();
        }
        List<Map.Entry<Right, String>> taken = new ArrayList<>();
        Iterator<Map.Entry<Right, String>> rest = waiting.entrySet().iterator();
        while (rest.hasNext() && taken.size() < settings.get().rebuildsPerSecond()) {
            taken.add(Map.Entry.copyOf(rest.next()));
            rest.remove();
        }
        return taken;
    }

    private void collect() {
        Instant now = clock.instant();
        List<Right> lost = new ArrayList<>();
        asked.removeIf(right -> authorizations.of(right).phase() != Phase.REQUESTED);
        authorizations.forEach((right, entitlement) -> {
            boolean missed =
                    isMissed(entitlement, now) && authorizations.opened(right).isEmpty();
            if ((missed || isUnanswered(right, entitlement, now)) && !waiting.containsKey(right)) {
                lost.add(right);
            }
        });
        Collections.shuffle(lost, random);
        for (Right right : lost) {
            Set<String> ends = ends(right);
            if (!ends.isEmpty() && ends.stream().allMatch(deliveries::reaches)) {
                servedBy(right).ifPresent(link -> waiting.put(right, link));
            }
        }
    }

    private static boolean isMissed(Entitlement entitlement, Instant now) {
        return entitlement.phase() == Phase.GRANTED
                && entitlement.seen().plus(THERE).isAfter(now);
    }

    /** Whether an own user has a question to answer that the home may have forgotten. */
    private boolean isUnanswered(Right right, Entitlement entitlement, Instant now) {
        return entitlement.isQuestion(now)
                && policy.edge().sipDomains().contains(right.presentity().domain())
                && !asked.contains(right);
    }

    /** Returns the link that serves a watch: home for an own presentity, else whichever leads to the contact. */
    private Optional<String> servedBy(Right right) {
        return pair(right).flatMap(pair -> {
            Optional<String> leadsOut = leadsOut(pair);
            return right.watcher().equals(pair.own()) ? leadsOut : leadsOut.map(allowed -> Passage.HOME);
        });
    }

    /** Returns the links a watch needs: the one that serves it, and the one that leads to the contact; none if nothing does. */
    private Set<String> ends(Right right) {
        Set<String> ends = new HashSet<>();
        servedBy(right).ifPresent(ends::add);
        pair(right).flatMap(this::leadsOut).ifPresent(ends::add);
        return ends;
    }

    private Optional<Pair> pair(Right right) {
        return Pair.of(right, policy.edge().sipDomains());
    }

    private Optional<String> leadsOut(Pair pair) {
        Envelope outwards = Envelope.of(
                Direction.OUTBOUND, Passage.address(pair.own()), Passage.address(pair.contact()), TrafficKind.PRESENCE);
        return policy.decide(outwards).route().flatMap(Switchboard::link);
    }

    private CompletionStage<?> open(Right right, String link) {
        Entitlement stands = authorizations.of(right);
        if (isUnanswered(right, stands, clock.instant())) {
            asked.add(right);
            deliveries
                    .hand(link, new Event.Authorization(right.watcher(), right.presentity(), Event.Step.ASK, ""))
                    .thenAccept(outcome -> {
                        if (outcome instanceof DeliveryOutcome.Failed) {
                            asked.remove(right);
                        }
                    });
        } else if (stands.phase() == Phase.GRANTED
                && authorizations.opened(right).isEmpty()) {
            Authorizations.Attempt attempt = authorizations.attempt(right, clock.instant());
            remind(right);
            deliveries
                    .hand(link, new Event.Watch(right.watcher(), right.presentity(), true))
                    .thenAccept(outcome -> {
                        if (outcome instanceof DeliveryOutcome.Failed) {
                            attempt.failed();
                        } else {
                            attempt.succeeded();
                        }
                    });
        }
        return DONE;
    }

    /** A link that began anew does not know what a contact was shown before, and so cannot tell it what of that is over. */
    private void remind(Right right) {
        Optional<String> link = pair(right)
                .filter(pair -> right.presentity().equals(pair.own()))
                .flatMap(this::leadsOut);
        if (link.isPresent()) {
            authorizations
                    .presence(right)
                    .ifPresent(shown -> deliveries.hand(link.get(), new Event.Presence(right.watcher(), shown)));
        }
    }
}
