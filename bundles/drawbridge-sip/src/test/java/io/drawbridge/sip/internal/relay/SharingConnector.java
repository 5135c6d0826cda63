// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.sip.internal.relay;

import io.drawbridge.api.diagnosis.Step;
import io.drawbridge.net.connection.Connection;
import io.drawbridge.net.connection.ConnectionHandler;
import io.drawbridge.net.connection.Connector;
import io.drawbridge.net.connection.Destination;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A connector of which SIP asks what it asks while it carries requests: shared connections, and no trials. */
interface SharingConnector extends Connector {
    @Override
    default CompletionStage<Connection> dial(
            Destination destination, ConnectionHandler handler, Consumer<Step> journal) {
        throw new UnsupportedOperationException("SIP shares its connections");
    }

    @Override
    default CompletionStage<List<Step>> probe(Destination destination) {
        return CompletableFuture.completedFuture(List.of());
    }
}
