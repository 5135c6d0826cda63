// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.sip.internal.codec.SipProblem;
import io.drawbridge.sip.internal.codec.StreamFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the relay counts. */
public final class RelayCounters implements MetricSource {
    /** What is counted; the metric's name and its label follow from the constant. */
    public enum Count {
        TRANSACTION_INVITE("drawbridge_sip_transactions", "Requests relayed or refused", "kind", "invite"),
        TRANSACTION_OTHER("drawbridge_sip_transactions", "Requests relayed or refused", "kind", "other"),
        TRANSACTION_UNANSWERED("drawbridge_sip_transactions", "Requests relayed or refused", "kind", "unanswered"),
        LIMIT_WAITING(Names.LIMIT, Names.LIMIT_HELP, "limit", "waiting_per_destination"),
        LIMIT_WRITE_BUFFER(Names.LIMIT, Names.LIMIT_HELP, "limit", "write_buffer"),
        LIMIT_UNANSWERED(Names.LIMIT, Names.LIMIT_HELP, "limit", "unanswered_per_connection"),
        CONNECTION_NOT_HOME(Names.CONNECTION, Names.CONNECTION_HELP, "cause", "not_the_home"),
        CONNECTION_NO_CERTIFICATE(Names.CONNECTION, Names.CONNECTION_HELP, "cause", "no_certificate"),
        CONNECTION_MALFORMED(Names.CONNECTION, Names.CONNECTION_HELP, "cause", "malformed"),
        CONNECTION_SILENT(Names.CONNECTION, Names.CONNECTION_HELP, "cause", "silent"),
        CONNECTION_DRAINING(Names.CONNECTION, Names.CONNECTION_HELP, "cause", "shutting_down"),
        STRIPPED_INBOUND(Names.STRIPPED, Names.STRIPPED_HELP, "direction", "inbound"),
        STRIPPED_OUTBOUND(Names.STRIPPED, Names.STRIPPED_HELP, "direction", "outbound"),
        ANSWER_REROUTED(
                "drawbridge_sip_answers_rerouted", "Answers sent on another connection than the request's", "", ""),
        FAILOVER("drawbridge_sip_failovers", "Requests sent again to another server", "", ""),
        STRAY_RESPONSE("drawbridge_sip_responses_dropped", "Responses nobody waits for", "cause", "unexpected"),
        MALFORMED_REQUEST("drawbridge_sip_requests_malformed", "Requests that could not be read", "", ""),
        MALFORMED_RESPONSE("drawbridge_sip_responses_dropped", "Responses nobody waits for", "cause", "malformed"),
        SENDER_GONE("drawbridge_sip_responses_dropped", "Responses nobody waits for", "cause", "sender_gone");

        private final String metric;
        private final String help;
        private final String label;
        private final String value;

        Count(String metric, String help, String label, String value) {
            this.metric = metric;
            this.help = help;
            this.label = label;
            this.value = value;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final Map<String, LongAdder> messageLimits = new TreeMap<>();
    private final LongAdder inFlight = new LongAdder();

    /** Starts at zero. */
    public RelayCounters() {
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
        Arrays.stream(SipProblem.values()).filter(SipProblem::isLimit).forEach(this::expect);
        Arrays.stream(StreamFault.values()).filter(StreamFault::isLimit).forEach(this::expect);
    }

    private void expect(Enum<?> limit) {
        messageLimits.put(label(limit), new LongAdder());
    }

    private static String label(Enum<?> limit) {
        return limit.name().toLowerCase(Locale.ROOT);
    }

    /** Counts a request that goes no further than the codec, and the limit it broke, if one. */
    public void malformedRequest(SipProblem problem) {
        add(Count.MALFORMED_REQUEST);
        limit(problem);
    }

    /** Counts a response that goes no further than the codec, and the limit it broke, if one. */
    public void malformedResponse(SipProblem problem) {
        add(Count.MALFORMED_RESPONSE);
        limit(problem);
    }

    /** Counts a connection that ends because of what came, and the limit that broke, if one. */
    public void fault(StreamFault fault) {
        add(Count.CONNECTION_MALFORMED);
        limit(fault);
    }

    private void limit(Enum<?> broken) {
        LongAdder limit = messageLimits.get(label(broken));
        if (limit != null) {
            limit.increment();
        }
    }

    /** Returns how often a limit of messages was broken. */
    public long limitHits(Enum<?> limit) {
        return messageLimits.get(label(limit)).sum();
    }

    /** Counts one. */
    public void add(Count count) {
        counts.get(count).increment();
    }

    /** Counts several. */
    public void add(Count count, int number) {
        if (number != 0) {
            counts.get(count).add(number);
        }
    }

    void began() {
        inFlight.increment();
    }

    void ended() {
        inFlight.decrement();
    }

    /** Returns how many requests still lack their final answer. */
    long inFlight() {
        return inFlight.sum();
    }

    /** Returns one count. */
    public long count(Count count) {
        return counts.get(count).sum();
    }

    @Override
    public void collect(MetricSink sink) {
        counts.forEach((count, value) -> {
            if (count.label.isEmpty()) {
                sink.counter(count.metric, count.help, (double) value.sum());
            } else {
                sink.counter(count.metric, count.help, (double) value.sum(), count.label, count.value);
            }
        });
        messageLimits.forEach(
                (limit, hits) -> sink.counter(Names.LIMIT, Names.LIMIT_HELP, (double) hits.sum(), "limit", limit));
        sink.gauge("drawbridge_sip_transactions_in_flight", "Requests without a final answer yet", (double) inFlight());
    }

    /** The metrics that count several things, told apart by a label. */
    private static final class Names {
        private static final String LIMIT = "drawbridge_sip_limits_hit";
        private static final String LIMIT_HELP = "How often a limit of the relay or of messages was reached";
        private static final String CONNECTION = "drawbridge_sip_connections_closed";
        private static final String CONNECTION_HELP = "Connections the relay closed";
        private static final String STRIPPED = "drawbridge_sip_headers_stripped";
        private static final String STRIPPED_HELP = "Header fields removed because they do not cross the edge";

        private Names() {}
    }
}
