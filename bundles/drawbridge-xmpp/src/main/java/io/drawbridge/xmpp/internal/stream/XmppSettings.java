// SPDX-License-Identifier: Apache-2.0
package io.drawbridge.xmpp.internal.stream;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of {@value XmppConfig#PID}, in the types they are used in.
 *
 * @param streams how many streams there may be
 * @param streamsPerPartner how many with one partner
 * @param stanzasPerPartner how many stanzas one partner may send a second
 * @param strangersPerAddress how many from one address that proved nothing yet
 * @param keepAlive in which a partner must send something
 * @param establishment in which a stream must be authenticated
 * @param inactivity after which a stream without stanzas is closed
 * @param largestStanza in octets
 * @param bidirectional whether streams may carry both directions
 * @param acknowledgements whether stanzas are acknowledged
 * @param dialbackPassphrase from which dialback keys are made; empty for one made at random
 */
public record XmppSettings(
        int streams,
        int streamsPerPartner,
        int stanzasPerPartner,
        int strangersPerAddress,
        Duration keepAlive,
        Duration establishment,
        Duration inactivity,
        int largestStanza,
        boolean bidirectional,
        boolean acknowledgements,
        Optional<String> dialbackPassphrase) {
    /** How long a peer may take to end its stream after this appliance ended its own. */
    static final Duration CLOSING = Duration.ofSeconds(5);

    /** A silent peer is asked after this long (interworking 4.10). */
    static final Duration PING_AFTER = Duration.ofMinutes(5);

    static final Duration PING_ANSWER = Duration.ofMinutes(1);

    /** Returns settings that were read. */
    public static XmppSettings of(XmppConfig config) {
        String passphrase = config._dialbackPassphrase();
        return new XmppSettings(
                config.connectionLimit(),
                config.partnerConnectionLimit(),
                config.partnerStanzasPerSecond(),
                config.unauthenticatedPerAddress(),
                Duration.ofSeconds(config.keepAliveIntervalSeconds()),
                Duration.ofSeconds(config.streamEstablishmentTimeoutSeconds()),
                Duration.ofSeconds(config.streamInactivityTimeoutSeconds()),
                config.maxStanzaBytes(),
                config.bidirectionalStreams(),
                config.streamManagement(),
                passphrase.isEmpty() ? Optional.empty() : Optional.of(passphrase));
    }
}
