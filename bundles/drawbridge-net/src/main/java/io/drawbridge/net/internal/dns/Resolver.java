// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.dns;

import io.drawbridge.api.directory.NameServerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers questions from static records, the cache or the name servers. Concurrent equal questions share one look-up.
 * Holds one configuration; another configuration is another resolver. Thread-safe.
 */
final class Resolver {
    private static final int MOST_REDIRECTS = 4;

    private final DnsSettings settings;
    private final InstantSource clock;
    private final NameServers servers;
    private final DnsCounters counters;
    private final BoundedCache<Question, Answer> cache;
    private final Map<Question, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();

    Resolver(DnsSettings settings, EventLoop loop, InstantSource clock, DnsCounters counters) {
        this.settings = settings;
        this.clock = clock;
        this.servers = new NameServers(settings.servers(), settings.timeout(), loop, clock);
        this.counters = counters;
        this.cache = new BoundedCache<>(settings.cacheEntries(), clock);
    }

    /** Returns the answer; never fails. Completes at once or on the DNS thread. */
    CompletableFuture<Answer> ask(Question question) {
        if (settings.overrides().own(question.name())) {
            return overridden(question);
        }
        Optional<Answer> cached = cache.fresh(question);
        if (cached.isPresent()) {
            counters.hit();
            return CompletableFuture.completedFuture(cached.get());
        }
        CompletableFuture<Answer> mine = new CompletableFuture<>();
        CompletableFuture<Answer> theirs = pending.putIfAbsent(question, mine);
        if (theirs != null) {
            return theirs.copy();
        }
        if (pending.size() > settings.maxPending()) {
            pending.remove(question);
            counters.refused();
            mine.complete(Answer.failed("too many look-ups are under way", clock.instant()));
            return mine.copy();
        }
        lookUp(question, question, Long.MAX_VALUE, MOST_REDIRECTS).whenComplete((answer, failure) -> {
            Answer outcome = failure == null ? answer : standIn(question, failure);
            counters.lookedUp(failure == null ? answer.kind() : Answer.Kind.FAILED);
            cache.put(question, outcome, outcome.expires());
            pending.remove(question);
            mine.complete(outcome);
        });
        return mine.copy();
    }

    /** Answers everybody who still waits; what comes later is nobody's any more. */
    void close() {
        pending.values()
                .forEach(waiting -> waiting.complete(Answer.failed("the look-up was broken off", clock.instant())));
    }

    /** Returns whether nobody waits for an answer. */
    boolean isIdle() {
        return pending.isEmpty();
    }

    List<NameServerStatus> servers() {
        return servers.states();
    }

    void collect(MetricSink sink) {
        sink.gauge("drawbridge_dns_cache_entries", "Answers in the cache", cache.size());
        sink.gauge("drawbridge_dns_pending", "Look-ups waiting for name servers", pending.size());
    }

    private CompletableFuture<Answer> overridden(Question question) {
        AliasChain chain = settings.overrides().follow(question);
        if (chain.leadsAwayFrom(question.name()) && !settings.overrides().own(chain.end())) {
            return ask(question.at(chain.end()));
        }
        Answer.Kind kind = chain.records().isEmpty() ? Answer.Kind.NONE : Answer.Kind.FOUND;
        return CompletableFuture.completedFuture(
                answer(kind, chain.records(), settings.maxTtl(), "a static record of " + DnsConfig.PID));
    }

    private CompletableFuture<Answer> lookUp(Question asked, Question now, long ttlSoFar, int redirects) {
        return servers.ask(now.toRecord()).thenCompose(message -> {
            AliasChain chain = AliasChain.follow(now, message.getSection(Section.ANSWER));
            long ttl = Math.min(ttlSoFar, chain.ttl());
            if (!chain.records().isEmpty()) {
                return CompletableFuture.completedFuture(found(asked, chain.records(), ttl));
            }
            boolean settled =
                    message.getRcode() == Rcode.NXDOMAIN || soa(message).isPresent();
            if (chain.leadsAwayFrom(now.name()) && !settled && redirects > 0) {
                return lookUp(asked, now.at(chain.end()), ttl, redirects - 1);
            }
            return CompletableFuture.completedFuture(none(asked, message));
        });
    }

    private Answer found(Question asked, List<Record> records, long ttl) {
        Duration life = atLeast(settings.minTtl(), atMost(settings.maxTtl(), Duration.ofSeconds(ttl)));
        return answer(Answer.Kind.FOUND, records, life, records.size() + " for " + asked);
    }

    private Answer none(Question asked, Message message) {
        // RFC 2308 section 5: the SOA's own time to live or its minimum, whichever is less.
        Duration stated = soa(message)
                .map(soa -> Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum())))
                .orElse(settings.negativeTtl());
        Duration life = atMost(settings.negativeTtl(), atLeast(settings.minTtl(), stated));
        String detail = message.getRcode() == Rcode.NXDOMAIN
                ? asked.name().toString(true) + " does not exist"
                : "there is no " + asked;
        return answer(Answer.Kind.NONE, List.of(), life, detail);
    }

    private Answer answer(Answer.Kind kind, List<Record> records, Duration life, String detail) {
        Instant expires = clock.instant().plus(life);
        return new Answer(kind, records, expires, expires, detail);
    }

    private Answer standIn(Question question, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        Instant now = clock.instant();
        Instant retry = now.plus(settings.failureTtl());
        return cache.last(question)
                .filter(old -> old.kind() == Answer.Kind.FOUND
                        && now.isBefore(old.trueUntil().plus(settings.stale())))
                .map(old -> {
                    counters.usedStale();
                    return old.standingIn(retry, "an expired answer, since " + cause.getMessage());
                })
                .orElseGet(() -> Answer.failed(cause.getMessage(), retry));
    }

    private static Optional<SOARecord> soa(Message message) {
        for (Record authority : message.getSection(Section.AUTHORITY)) {
            if (authority.getType() == Type.SOA && authority instanceof SOARecord soa) {
                return Optional.of(soa);
            }
        }
        return Optional.empty();
    }

    private static Duration atMost(Duration bound, Duration value) {
        return value.compareTo(bound) > 0 ? bound : value;
    }

    private static Duration atLeast(Duration bound, Duration value) {
        return value.compareTo(bound) < 0 ? bound : value;
    }
}
