// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.identity;

import io.drawbridge.api.metrics.MetricSink;
import io.drawbridge.api.metrics.MetricSource;
import io.drawbridge.net.internal.tls.AdmittedPeers;
import io.drawbridge.net.internal.tls.HttpFetch;
import io.drawbridge.net.internal.tls.Revocation;
import io.drawbridge.net.internal.tls.RevocationCheck;
import io.drawbridge.net.internal.tls.RevocationDownloads;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Keeps what was heard about revocation for all identities together. */
@Component(service = {RevocationNews.class, MetricSource.class})
public final class RevocationNews implements MetricSource {
    private final RevocationDownloads downloads;
    private final InstantSource clock;
    private final LongAdder unknown = new LongAdder();
    private final LongAdder closed = new LongAdder();

    /** Starts with no news. */
    @Activate
    public RevocationNews() {
        this(Clock.systemUTC());
    }

    RevocationNews(InstantSource clock) {
        this.clock = clock;
        downloads = new RevocationDownloads(new HttpFetch(), clock);
    }

    Revocation check(RevocationCheck.Settings settings) {
        return new RevocationCheck(settings, downloads, unknown);
    }

    /** Returns the register of an identity's open connections, which are verified again. */
    AdmittedPeers admittedPeers() {
        return new AdmittedPeers(clock, closed);
    }

    @Override
    public void collect(MetricSink sink) {
        sink.counter(
                "drawbridge_revocation_unknown",
                "Peer certificates that passed although nobody could tell whether they were revoked.",
                (double) unknown.sum());
        sink.counter(
                "drawbridge_connections_distrusted",
                "Open connections closed because their peer's certificate was revoked, has ended or is trusted no longer.",
                (double) closed.sum());
    }
}
