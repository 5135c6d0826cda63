// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last attempts of partners to open a stream to this appliance, for the administrator who wants to know why nothing
 * comes in. Keeps a few for each domain, and is told of the domains of partners only. Thread-safe.
 */
final class IncomingAttempts {
    private static final int MOST = 5;

    private final Map<DomainName, Deque<Attempt>> attempts = new HashMap<>();

    /**
     * One attempt, which anybody may have made who claimed the domain.
     *
     * @param when it ended, well or badly
     * @param address where it came from
     * @param reached what it was at
     * @param failure why it failed; empty if it did not
     */
    record Attempt(Instant when, String address, String reached, Optional<Failure> failure) {
        private String text() {
            return failure.map(why -> "from " + address + ", ended at " + reached + ": " + why.blamed())
                    .orElseGet(() -> "from " + address + ", authenticated by " + reached);
        }

        private Step step(DomainName domain, boolean last) {
            String name = "incoming at " + when;
            if (!last) {
                return Step.skipped(name, "before that, " + text());
            }
            return failure.map(why -> Step.failed(name, text(), Duration.ZERO, remedy(why.reason(), domain)))
                    .orElseGet(() -> Step.ok(name, text(), Duration.ZERO));
        }

        private static String remedy(Reason reason, DomainName domain) {
            return switch (reason) {
                case CERTIFICATE_NOT_TRUSTED ->
                    "ask the partner for a certificate that names " + domain
                            + ", of an authority among the identity's trust anchors";
                case PROOF_TOO_WEAK ->
                    "ask the partner for such a certificate, or let dialback do by its saslNegotiation and"
                            + " supportDialbackNegotiation";
                case UNREACHABLE -> "ask the partner to publish _xmpp-server._tcp." + domain + ", or set its proxyFqdn";
                case OVERLOADED -> "raise connectionLimit of the partner";
                default -> "ask the partner what its server says";
            };
        }
    }

    synchronized void add(DomainName domain, Attempt attempt) {
        Deque<Attempt> last = attempts.computeIfAbsent(domain, any -> new ArrayDeque<>(MOST));
        if (last.size() == MOST) {
            last.removeLast();
        }
        last.addFirst(attempt);
    }

    /** Returns what is known of a domain's attempts, the last one first. */
    synchronized List<Step> of(DomainName domain) {
        List<Step> steps = new ArrayList<>();
        for (Attempt attempt : attempts.getOrDefault(domain, new ArrayDeque<>())) {
            steps.add(attempt.step(domain, steps.isEmpty()));
        }
        return steps.isEmpty() ? List.of(Step.skipped("incoming", "no stream came since the start")) : steps;
    }
}
