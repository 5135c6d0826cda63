// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.net.internal.listener;

import io.drawbridge.net.internal.connection.Handshakes;
import io.drawbridge.net.internal.connection.OpenConnections;
import io.drawbridge.net.internal.connection.ProtocolHandlers;
import io.drawbridge.net.internal.identity.OwnIdentity;
import io.drawbridge.net.internal.loops.EventLoops;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every listener of the appliance shares.
 *
 * @param loops where sockets live
 * @param identities finds a configured identity by its name
 * @param protocols who serves connections
 * @param connections where accepted ones are entered
 * @param handshakes where their handshakes are counted
 * @param clock tells the time
 */
record Shared(
        EventLoops loops,
        Function<String, Optional<OwnIdentity>> identities,
        ProtocolHandlers protocols,
        OpenConnections connections,
        Handshakes handshakes,
        InstantSource clock) {}
