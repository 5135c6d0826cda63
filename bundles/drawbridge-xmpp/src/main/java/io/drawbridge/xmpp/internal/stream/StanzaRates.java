// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.crossing.Crossing;
import io.drawbridge.api.model.Address;
import io.drawbridge.api.model.Direction;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.partner.XmppPartner;
import io.drawbridge.api.policy.Reason;
import io.drawbridge.api.policy.Rule;
import io.drawbridge.api.policy.RuleResult;
import io.drawbridge.xmpp.internal.codec.Stanza;
import io.drawbridge.xmpp.internal.codec.StreamCondition;
import io.drawbridge.xmpp.internal.codec.StreamViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many stanzas a partner may send, whatever they say (XEP-0205 section 3.4). What goes beyond its rate is refused; whoever
 * sends on at twice the rate loses the stream. The first refusal in a while is traced, so that a flood does not drive
 * everybody else out of the trace. Thread-safe.
 */
final class StanzaRates {
    private static final Logger log = LoggerFactory.getLogger(StanzaRates.class);
    private static final int BURST_SECONDS = 5;
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final StreamSurroundings around;
    private final Map<DomainName, Meter> meters = new ConcurrentHashMap<>();

    StanzaRates(StreamSurroundings around) {
        this.around = around;
    }

    /**
     * Counts a stanza; returns whether it may pass.
     *
     * @throws StreamViolation if far too many came
     */
    boolean admit(Stanza stanza, StreamPeer origin) throws StreamViolation {
        Optional<XmppPartner> partner = around.partner(origin.partner());
        if (partner.isEmpty()) {
            return true; // the stream is about to end, and what came before is still answered
        }
        int own = partner.get().stanzasPerSecond();
        int rate = own > 0 ? own : around.settings().stanzasPerPartner();
        Instant now = around.clock().instant();
        Meter meter = meters.computeIfAbsent(partner.get().domain(), any -> new Meter());
        switch (meter.take(now, rate)) {
            case PASSES -> {
                return true;
            }
            case REFUSED_AT_FIRST -> {
                around.counters().limited("partner_stanzas");
                tell(stanza, origin, rate, now);
                return false;
            }
            case REFUSED -> {
                around.counters().limited("partner_stanzas");
                return false;
            }
            default -> {
                around.counters().limited("partner_flood");
                throw new StreamViolation(
                        StreamCondition.POLICY_VIOLATION, Markup.TOO_MANY_STANZAS, "far too many stanzas");
            }
        }
    }

    private void tell(Stanza stanza, StreamPeer origin, int rate, Instant now) {
        log.warn("{} sends more than {} stanzas a second; what goes beyond is refused", origin.name(), rate);
        Optional<Address> sender = address(stanza.attributes().from());
        Optional<Address> recipient = address(stanza.attributes().to());
        if (sender.isEmpty() || recipient.isEmpty()) {
            return;
        }
        Crossing refused = new Crossing(
                "s" + around.newId(),
                now,
                Duration.ZERO,
                Direction.INBOUND,
                Gateway.PROTOCOL,
                stanza.kind().element(),
                sender.get(),
                recipient.get(),
                origin.name(),
                "",
                "",
                Crossing.Outcome.REFUSED,
                Reason.LIMIT_EXCEEDED,
                Bounce.TOO_MANY.condition(),
                List.of(new RuleResult(
                        Rule.SAFEGUARD, false, "stanzasPerSecond of the XMPP partner is exceeded: " + rate)));
        around.crossings().forEach(listener -> listener.finished(refused));
    }

    private static Optional<Address> address(String jid) {
        int resource = jid.indexOf('/');
        String bare = resource < 0 ? jid : jid.substring(0, resource);
        int at = bare.indexOf('@');
        try {
            return Domains.of(bare.substring(at + 1))
                    .map(domain -> new Address(at < 0 ? "" : bare.substring(0, at), domain));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    /** Forgets who is no partner any more. */
    void sweep() {
        meters.keySet().removeIf(domain -> around.partner(domain).isEmpty());
    }

    private enum Fate {
        PASSES,
        REFUSED_AT_FIRST,
        REFUSED,
        FLOODS
    }

    /**
     * The rates of one partner, each kept as the instant up to which what came has used it up (the generic cell rate
     * algorithm): of what passes, and of what is refused.
     */
    private static final class Meter {
        private Instant passed = Instant.EPOCH;
        private Instant refused = Instant.EPOCH;
        private Instant lastRefusal = Instant.EPOCH;

        synchronized Fate take(Instant now, int rate) {
            Optional<Instant> next = next(passed, now, rate);
            if (next.isPresent()) {
                passed = next.get();
                return Fate.PASSES;
            }
            Optional<Instant> more = next(refused, now, rate);
            if (more.isEmpty()) {
                return Fate.FLOODS;
            }
            refused = more.get();
            boolean quiet = lastRefusal.plus(QUIET).isBefore(now);
            lastRefusal = now;
            return quiet ? Fate.REFUSED_AT_FIRST : Fate.REFUSED;
        }

        private static Optional<Instant> next(Instant usedUpTo, Instant now, int rate) {
            // A clock that was set back by more than a burst must not shut the partner out until it catches up.
            Instant latest = now.plusSeconds(BURST_SECONDS);
            Instant base = usedUpTo.isAfter(now) && !usedUpTo.isAfter(latest) ? usedUpTo : now;
            Instant next = base.plusNanos(Duration.ofSeconds(1).toNanos() / rate);
            return next.isAfter(latest) ? Optional.empty() : Optional.of(next);
        }
    }
}
