// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.ua;

import gov.nist.javax.sip.message.SIPResponse;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.lib.jainsip.SipParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of the home that mean that somebody there has to act, by their ms-diagnostics (interworking 1.14, 6.3.3): each is
 * counted, and logged once in a while. Owned by the user agent's thread, but for the numbers.
 */
final class HomeAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(HomeAlarms.class);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Map<Integer, Map<Integer, String>> MEANINGS = Map.of(
            403,
            Map.of(
                    1002, "federation is not enabled there for the partner's domain",
                    1012, "the partner's domain is not allowed there from outside"),
            504,
            Map.of(
                    1008, "it cannot find its next server",
                    1009, "the next server it found is not of the domain",
                    1010, "it does not trust its next server's certificate",
                    1047, "its TLS with the next server failed"));

    private final InstantSource clock;
    private final Map<Integer, Instant> logged = new HashMap<>();
    private final Map<Integer, LongAdder> counts = new ConcurrentHashMap<>();

    HomeAlarms(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a look at an answer. */
    void answered(SIPResponse response) {
        Map<Integer, String> alarming = MEANINGS.get(response.getStatusCode());
        if (alarming != null) {
            SipParser.text(response).value("ms-diagnostics").ifPresent(said -> {
                String id = said.split("[;\\s]", 2)[0];
                if (id.matches("\\d{4}") && alarming.containsKey(Integer.valueOf(id))) {
                    ring(response.getStatusCode(), Integer.parseInt(id), alarming.get(Integer.valueOf(id)));
                }
            });
        }
    }

    private void ring(int status, int id, String meaning) {
        counts.computeIfAbsent(id, any -> new LongAdder()).increment();
        Instant now = clock.instant();
        Instant last = logged.get(id);
        if (last == null || !now.isBefore(last.plus(QUIET))) {
            logged.put(id, now);
            LOG.warn("The home answers {} with ms-diagnostics {}: {}", status, id, meaning);
        }
    }

    void collect(MetricSink sink) {
        counts.forEach((id, count) -> sink.counter(
                "drawbridge_sip_gateway_home_alarms",
                "Answers of the home that mean that somebody there has to act, by the number of ms-diagnostics",
                count.doubleValue(),
                "id",
                id.toString()));
    }
}
