// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import io.drawbridge.api.metrics.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened on streams since the start. Thread-safe; its labels are words of this appliance, so they are few. */
final class StreamCounters {
    private final Map<Count, LongAdder> counts = new ConcurrentHashMap<>();

    private record Count(String name, String help, String label, String value) {}

    void negotiated(String way) {
        count("drawbridge_xmpp_streams_authenticated", "Pairs of domains authenticated, by the way", "way", way);
    }

    void ended(String condition, boolean byPeer) {
        count(
                byPeer ? "drawbridge_xmpp_stream_errors_received" : "drawbridge_xmpp_stream_errors_sent",
                "Streams that ended with an error",
                "condition",
                condition);
    }

    void failed(String reason) {
        count("drawbridge_xmpp_streams_failed", "Outgoing streams that did not come about", "reason", reason);
    }

    void refused(String step) {
        count("drawbridge_xmpp_incoming_failed", "Streams of partners that did not come about", "step", step);
    }

    void stanza(boolean incoming, String kind) {
        count(
                incoming ? "drawbridge_xmpp_stanzas_received" : "drawbridge_xmpp_stanzas_sent",
                "Stanzas on authenticated streams",
                "kind",
                kind);
    }

    void limited(String limit) {
        count("drawbridge_xmpp_limits_hit", "Streams and stanzas refused because of a limit", "limit", limit);
    }

    private void count(String name, String help, String label, String value) {
        counts.computeIfAbsent(new Count(name, help, label, value), any -> new LongAdder())
                .increment();
    }

    void collect(MetricSink sink) {
        counts.forEach((count, sum) ->
                sink.counter(count.name(), count.help(), (double) sum.sum(), count.label(), count.value()));
    }
}
