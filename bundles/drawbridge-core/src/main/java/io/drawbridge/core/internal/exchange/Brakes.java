// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.core.internal.exchange;

import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.model.Principal;
import io.drawbridge.core.internal.safeguards.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * How much partners and their users may send (interworking 5.7, 9.2). Each method counts one event and names the limit
 * that it breaks. Keeps a bounded number of senders, those heard of last. Thread-safe.
 */
final class Brakes {
    private static final int MOST_SENDERS = 20_000;
    private static final Duration CONTACTS_COUNT = Duration.ofHours(1);

    private final Supplier<ExchangeSettings> settings;
    private final Map<DomainName, Buckets> partners = new HashMap<>();
    private final Map<Principal, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Principal, Sender> eldest) {
            return size() > MOST_SENDERS;
        }
    };
    private final Map<Limit, LongAdder> broken = new EnumMap<>(Limit.class);

    Brakes(Supplier<ExchangeSettings> settings) {
        this.settings = settings;
        for (Limit limit : Limit.values()) {
            broken.put(limit, new LongAdder());
        }
    }

    /** Counts a message from outside. */
    Optional<Limit> message(Principal sender, Principal recipient, boolean strangers, Instant now) {
        ExchangeSettings limits = settings.get();
        synchronized (this) {
            Sender from = sender(sender);
            if (!from.buckets.messages.take(now, limits.senderMessages())) {
                return Optional.of(counted(Limit.SENDER_MESSAGES));
            }
            if (strangers && !from.mayWriteTo(recipient, limits.newContactsPerHour(), now)) {
                return Optional.of(counted(Limit.NEW_CONTACTS));
            }
            return partner(sender).messages.take(now, limits.partnerMessages())
                    ? Optional.empty()
                    : Optional.of(counted(Limit.PARTNER_MESSAGES));
        }
    }

    /** Counts a request from outside to see presence. */
    Optional<Limit> request(Principal sender, Instant now) {
        ExchangeSettings limits = settings.get();
        synchronized (this) {
            if (!sender(sender).buckets.requests.take(now, limits.senderRequests())) {
                return Optional.of(counted(Limit.SENDER_REQUESTS));
            }
            return partner(sender).requests.take(now, limits.partnerRequests())
                    ? Optional.empty()
                    : Optional.of(counted(Limit.PARTNER_REQUESTS));
        }
    }

    /** Counts anything else from outside. */
    Optional<Limit> signal(Principal sender, Instant now) {
        ExchangeSettings limits = settings.get();
        synchronized (this) {
            return partner(sender).signals.take(now, limits.partnerSignals())
                    ? Optional.empty()
                    : Optional.of(counted(Limit.PARTNER_SIGNALS));
        }
    }

    /** Counts that a limit was broken, and returns it. */
    Limit counted(Limit limit) {
        broken.get(limit).increment();
        return limit;
    }

    /** Returns how often each limit was broken. */
    Map<Limit, LongAdder> broken() {
        return Collections.unmodifiableMap(broken);
    }

    private Sender sender(Principal sender) {
        return senders.computeIfAbsent(sender, any -> new Sender());
    }

    private Buckets partner(Principal sender) {
        return partners.computeIfAbsent(sender.domain(), any -> new Buckets());
    }

    /** The limits, by the key that sets each. */
    enum Limit {
        /** Messages of a partner. */
        PARTNER_MESSAGES("partnerMessagesPerSecond"),
        /** Messages of a sender. */
        SENDER_MESSAGES("senderMessagesPerMinute"),
        /** Own users a sender writes to unknown. */
        NEW_CONTACTS("newContactsPerHour"),
        /** Requests of a sender. */
        SENDER_REQUESTS("senderRequestsPerMinute"),
        /** Requests of a partner. */
        PARTNER_REQUESTS("partnerRequestsPerMinute"),
        /** Everything else of a partner. */
        PARTNER_SIGNALS("partnerSignalsPerSecond"),
        /** Own users watched by a partner's. */
        PARTNER_WATCHES("watchesPerPartner"),
        /** Users that watch one own user. */
        USER_WATCHES("watchesPerUser"),
        /** Rights kept. */
        AUTHORIZATIONS("mostAuthorizations");

        private final String key;

        Limit(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /** What somebody may still send. */
    private static class Buckets {
        final TokenBucket messages = new TokenBucket();
        final TokenBucket requests = new TokenBucket();
        final TokenBucket signals = new TokenBucket();
    }

    /** A user outside. */
    private static final class Sender {
        private final Buckets buckets = new Buckets();
        private final Set<Principal> contacts = new HashSet<>(2);
        private Instant since = Instant.EPOCH;

        boolean mayWriteTo(Principal recipient, int most, Instant now) {
            if (!now.isBefore(since.plus(CONTACTS_COUNT)) || now.isBefore(since)) {
                since = now;
                contacts.clear();
            }
            if (contacts.contains(recipient)) {
                return true;
            }
            return contacts.size() < most && contacts.add(recipient);
        }
    }
}
