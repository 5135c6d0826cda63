// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.api.model.DomainName;
import io.drawbridge.api.policy.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The last attempts of partners to open a stream to this appliance, for the administrator who wants to know why nothing
 * comes in. Keeps a few for each domain, and is told of the domains of partners only. What anybody can claim is kept apart
 * from what the domain's own server did, so that nobody else can make that forgotten. Thread-safe.
 */
final class IncomingAttempts {
    private static final int MOST = 5;

    private final Map<DomainName, Kept> attempts = new HashMap<>();

    /**
     * One attempt, which anybody may have made who claimed the domain.
     *
     * @param when it ended, well or badly
     * @param address where it came from
     * @param reached what it was at
     * @param proven whether it was the domain's server for certain, however it ended
     * @param failure why it failed; empty if it did not
     */
    record Attempt(Instant when, String address, String reached, boolean proven, Optional<Failure> failure) {
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
        attempts.computeIfAbsent(domain, any -> new Kept()).add(attempt);
    }

    /** Returns what is known of a domain's attempts, the last one first. */
    synchronized List<Step> of(DomainName domain) {
        List<Step> steps = new ArrayList<>();
        for (Attempt attempt :
                Optional.ofNullable(attempts.get(domain)).map(Kept::all).orElse(List.of())) {
            steps.add(attempt.step(domain, steps.isEmpty()));
        }
        return steps.isEmpty() ? List.of(Step.skipped("incoming", "no stream came since the start")) : steps;
    }

    /** What is kept of one domain. */
    private static final class Kept {
        private final Deque<Attempt> claimed = new ArrayDeque<>(MOST);
        private final Deque<Attempt> proven = new ArrayDeque<>(MOST);
        private final Deque<Attempt> succeeded = new ArrayDeque<>(1);

        void add(Attempt attempt) {
            if (attempt.failure.isEmpty()) {
                keep(succeeded, 1, attempt);
            } else {
                keep(attempt.proven ? proven : claimed, MOST, attempt);
            }
        }

        private static void keep(Deque<Attempt> last, int most, Attempt attempt) {
            if (last.size() == most) {
                last.removeLast();
            }
            last.addFirst(attempt);
        }

        /** The sort is stable, so of those that ended at once the success stands first. */
        List<Attempt> all() {
            return Stream.of(succeeded, proven, claimed)
                    .flatMap(Collection::stream)
                    .sorted(Comparator.comparing(Attempt::when).reversed())
                    .toList();
        }
    }
}
