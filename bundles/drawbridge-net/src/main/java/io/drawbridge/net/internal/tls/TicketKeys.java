// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * The keys under which a server context of BoringSSL encrypts its session tickets; without them it makes none. They are
 * replaced often, so that a stolen one opens little; the one before still opens tickets, but makes none. The platform's
 * TLS keeps and replaces its own.
 */
final class TicketKeys {
    private static final Duration ROTATION = Duration.ofHours(4);

    private final SecureRandom random = new SecureRandom();
    private final SslContext server;
    private OpenSslSessionTicketKey current;
    private Instant since;

    TicketKeys(SslContext server, Instant now) {
        this.server = server;
        since = now;
        if (server.sessionContext() instanceof OpenSslSessionContext sessions) {
            current = fresh();
            sessions.setTicketKeys(current);
        }
    }

    /** Replaces the key if it is old. */
    synchronized void rotate(Instant now) {
        if (server.sessionContext() instanceof OpenSslSessionContext sessions
                && since.plus(ROTATION).isBefore(now)) {
            OpenSslSessionTicketKey last = current;
            current = fresh();
            since = now;
            sessions.setTicketKeys(current, last);
        }
    }

    private OpenSslSessionTicketKey fresh() {
        return new OpenSslSessionTicketKey(
                bytes(OpenSslSessionTicketKey.NAME_SIZE),
                bytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                bytes(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
