// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Connections that last longer than the trust in their peers. */
final class AdmittedPeersTest {
    private final TestAuthority authority = TestAuthority.root("Authority");
    private final LongAdder closed = new LongAdder();
    private final Deque<Runnable> handshakes = new ArrayDeque<>();
    private Instant now = TestAuthority.NOW;
    private Optional<HandshakeFailure> verdict = Optional.empty();
    private boolean busy;
    private final AdmittedPeers admitted = new AdmittedPeers((InstantSource) () -> now, closed);
    private final PeerTrust trust = new PeerTrust(
            Set.of(authority.certificate()),
            (path, at) -> {
                if (verdict.isPresent()) {
                    throw new UntrustedCertificate(verdict.get(), "");
                }
            },
            (InstantSource) () -> now,
            this::handshake,
            admitted);

    private void handshake(Runnable task) {
        if (busy) {
            throw new RejectedExecutionException();
        }
        handshakes.add(task);
    }

    private Channel admit(OwnCertificate peer) {
        Channel channel = new EmbeddedChannel();
        trust.admit(channel, peer.chain());
        return channel;
    }

    private void look() {
        admitted.verifyDue(trust);
        while (!handshakes.isEmpty()) {
            handshakes.remove().run();
        }
    }

    @Test
    void whoIsRevokedWhileConnectedIsClosedWithinAnHour() {
        Channel channel = admit(authority.issue("sip.partner.example"));
        verdict = Optional.of(HandshakeFailure.REVOKED);
        now = now.plus(Duration.ofMinutes(59));
        look();
        assertThat(channel.isOpen()).isTrue();
        now = now.plus(Duration.ofMinutes(2));
        look();
        assertThat(channel.isOpen()).isFalse();
        assertThat(closed.sum()).isEqualTo(1);
    }

    @Test
    void whoIsStillTrustedStays() {
        Channel channel = admit(authority.issue("sip.partner.example"));
        for (int hour = 0; hour < 5; hour++) {
            now = now.plus(Duration.ofHours(1));
            look();
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aConnectionEndsWithItsCertificate() {
        Channel channel = admit(authority
                .order("sip.partner.example")
                .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofMinutes(5)))
                .issue());
        now = now.plus(Duration.ofMinutes(4));
        look();
        assertThat(channel.isOpen()).isTrue();
        now = now.plus(Duration.ofMinutes(2));
        look();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aResponderThatIsDownEndsNothingThatWasInOrder() {
        Channel channel = admit(authority.issue("sip.partner.example"));
        verdict = Optional.of(HandshakeFailure.REVOCATION_UNKNOWN);
        now = now.plus(Duration.ofHours(2));
        look();
        assertThat(channel.isOpen()).isTrue();
        verdict = Optional.of(HandshakeFailure.REVOKED);
        now = now.plus(Duration.ofHours(2));
        look();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whenThereIsNoTimeForItTheNextTurnHas() {
        Channel channel = admit(authority.issue("sip.partner.example"));
        verdict = Optional.of(HandshakeFailure.REVOKED);
        now = now.plus(Duration.ofHours(2));
        busy = true;
        look();
        assertThat(channel.isOpen()).isTrue();
        busy = false;
        look();
        assertThat(channel.isOpen()).isFalse();
    }
}
