// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.net.connection.Connection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A connection for SIP as if TLS had proved who its peer is. */
interface ProvenConnection extends Connection {
    @Override
    default String protocol() {
        return "sip";
    }

    @Override
    default Optional<String> distrust() {
        return Optional.empty();
    }

    @Override
    default Optional<String> tls() {
        return Optional.of("TLS");
    }

    @Override
    default CompletionStage<Void> secure() {
        throw new IllegalStateException("there is TLS already");
    }
}
