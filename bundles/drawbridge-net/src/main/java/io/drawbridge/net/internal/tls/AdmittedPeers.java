// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.channel.Channel;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections whose peers were verified under one identity. A connection may last for weeks: its chain is
 * verified again every hour, when one of its certificates ends, and when what the identity trusts has changed. Who would
 * not be let in any more is closed. Thread-safe.
 */
public final class AdmittedPeers {
    private static final Logger log = LoggerFactory.getLogger(AdmittedPeers.class);
    /** What is heard about revocation is kept no longer either, see {@link RevocationDownloads}. */
    private static final Duration EVERY = Duration.ofHours(1);

    private final InstantSource clock;
    private final LongAdder closed;
    private final Map<Channel, Admitted> open = new ConcurrentHashMap<>();

    /**
     * Starts with none.
     *
     * @param closed counts the connections that were closed
     */
    public AdmittedPeers(InstantSource clock, LongAdder closed) {
        this.clock = clock;
        this.closed = closed;
    }

    private static final class Admitted {
        private final List<X509Certificate> chain;
        private volatile Instant due;

        Admitted(List<X509Certificate> chain, Instant due) {
            this.chain = chain;
            this.due = due;
        }
    }

    /** Enters a connection; it leaves by itself when it closes. */
    void add(Channel channel, List<X509Certificate> chain) {
        open.put(channel, new Admitted(List.copyOf(chain), due(chain, clock.instant())));
        channel.closeFuture().addListener(gone -> open.remove(channel));
    }

    private static Instant due(List<X509Certificate> chain, Instant now) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .filter(now::isBefore)
                .reduce(now.plus(EVERY), (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Has every connection verified at the next turn, since what is trusted has changed. */
    public void trustChanged() {
        open.values().forEach(admitted -> admitted.due = Instant.MIN);
    }

    /** Verifies those whose time has come, on the executor of handshakes; to be called every few seconds. */
    public void verifyDue(PeerTrust trust) {
        Instant now = clock.instant();
        open.forEach((channel, admitted) -> {
            if (now.isBefore(admitted.due)) {
                return;
            }
            try {
                admitted.due = due(admitted.chain, now);
                trust.executor().execute(() -> verify(channel, admitted.chain, trust));
            } catch (RejectedExecutionException busy) {
                admitted.due = now;
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether closing succeeds changes nothing
    private void verify(Channel channel, List<X509Certificate> chain, PeerTrust trust) {
        try {
            trust.verify(chain);
        } catch (CertificateException untrusted) {
            if (isOnlyUnknown(untrusted)) {
                log.warn("{} stays although its status is unknown: {}", channel.remoteAddress(), subject(chain));
                return;
            }
            closed.increment();
            log.warn("{} is closed: {}: {}", channel.remoteAddress(), subject(chain), untrusted.getMessage());
            channel.close();
        } catch (RuntimeException bug) {
            log.error("{} could not be verified again", channel.remoteAddress(), bug);
        }
    }

    /** That a responder is down must not end what was in order when it began. */
    private static boolean isOnlyUnknown(CertificateException untrusted) {
        return HandshakeFailure.of(untrusted) == HandshakeFailure.REVOCATION_UNKNOWN;
    }

    private static String subject(List<X509Certificate> chain) {
        return chain.get(0).getSubjectX500Principal().getName();
    }
}
