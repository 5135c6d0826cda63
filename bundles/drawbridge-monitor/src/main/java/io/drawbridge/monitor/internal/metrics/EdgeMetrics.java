// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.monitor.internal.metrics;

import io.drawbridge.api.directory.Identities;
import io.drawbridge.api.directory.IdentityStatus;
import io.drawbridge.api.directory.ListenerDirectory;
import io.drawbridge.api.directory.ListenerStatus;
import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What the directories know, as numbers: days left of each own certificate, which listeners are open. */
@Component
public final class EdgeMetrics implements MetricSource {
    private static final double DAY = Duration.ofDays(1).toSeconds();

    private final Clock clock;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Identities identities;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ListenerDirectory listeners;

    /** Measures by the system's clock. */
    @Activate
    public EdgeMetrics() {
        this(Clock.systemUTC());
    }

    EdgeMetrics(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void collect(MetricSink sink) {
        Identities own = identities;
        if (own != null) {
            own.identities().forEach(identity -> daysLeft(sink, identity));
        }
        ListenerDirectory directory = listeners;
        if (directory != null) {
            directory.listeners().forEach(listener -> open(sink, listener));
        }
    }

    private void daysLeft(MetricSink sink, IdentityStatus identity) {
        identity.certificate().ifPresent(certificate -> {
            double seconds =
                    Duration.between(Instant.now(clock), certificate.notAfter()).toSeconds();
            sink.gauge(
                    "drawbridge_certificate_days_left",
                    "Days until an own certificate expires; negative afterwards.",
                    seconds / DAY,
                    "identity",
                    identity.name());
        });
    }

    private static void open(MetricSink sink, ListenerStatus listener) {
        sink.gauge(
                "drawbridge_listener_open",
                "1 if the listener accepts connections.",
                listener.open() ? 1 : 0,
                "listener",
                listener.name(),
                "side",
                listener.side().name().toLowerCase(Locale.ROOT),
                "protocol",
                listener.protocol());
    }
}
